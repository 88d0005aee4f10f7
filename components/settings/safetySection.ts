import { z } from "zod";
import { choice, flag, list, section, text } from "./fields";
import { documented, key, refusing } from "./rules";

const count = { allowed: "a whole number from 0 up", toDo: "write for example 20" };

export const safetySection = section({
  protect: key(
    "Whether the switch and the instance's settings are protected from deletion.",
    flag("write true to protect the switch from deletion").default(true),
  ),
  maxRemovals: key(
    "How many assignments one update may remove.",
    documented(z.int(refusing(count)).min(0, refusing(count)), { limits: [count.allowed] }).default(20),
  ),
  endpoints: key(
    "Hosts, beside AWS's own and this machine, that AWS_ENDPOINT_URL and the like may send AWS's calls to.",
    list(
      text({
        pattern: /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
        allowed: "the name of a host",
        toDo: "write the name alone, without https:// and port",
      }),
      { allowed: "a list of hosts", toDo: "write a list, for example [aws.example.com]" },
    ).default([]),
  ),
  confirm: key(
    "What is meant although it may lock people out or cannot be undone: enablePermissionSets turns permission sets on for good, " +
      "removals goes beyond maxRemovals, ownAccess takes the caller's own access away, additionalRegions takes Regions away from the " +
      "instance (while protect is true).",
    list(
      choice(
        ["enablePermissionSets", "removals", "ownAccess", "additionalRegions"],
        "write what you confirm, or remove it",
      ),
      {
        allowed: "a list of what is confirmed",
        toDo: "write a list, for example [removals]",
      },
    ).default([]),
  ),
});
