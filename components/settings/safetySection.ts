import { z } from "zod";
import { choice, flag, list, section } from "./fields";
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
  confirm: key(
    "What is meant although it may lock people out or cannot be undone: enablePermissionSets turns permission sets on for good, " +
      "removals goes beyond maxRemovals, ownAccess takes the caller's own access away.",
    list(choice(["enablePermissionSets", "removals", "ownAccess"], "write what you confirm, or remove it"), {
      allowed: "a list of what is confirmed",
      toDo: "write a list, for example [removals]",
    }).default([]),
  ),
});
