import { parseKnownFiles } from "@smithy/core/config";
import { nearest } from "../../policy-pack/nearest";
import { type Problem, refuseAny } from "../problem";
import { together } from "../together";
import { checkEndpoints } from "./checkEndpoints";
import type { Connection } from "./connection";

/**
 * Checks what can be told of a connection before anything is called with it: that there is its profile, and where it goes.
 *
 * @param endpoints hosts beside AWS's own and this machine that the configuration allows.
 * @throws RunError with everything that is wrong with it.
 */
export async function checkConnection(connection: Connection, endpoints: readonly string[]): Promise<void> {
  await together(checkProfile(connection), checkEndpoints(connection, endpoints));
}

async function checkProfile(connection: Connection): Promise<void> {
  refuseAny("The stack's profile was not found", await profileProblems(connection));
}

/** Why there is no such profile. Without asking, the SDK would say no more than that it has no credentials. */
export async function profileProblems({ profile }: Connection): Promise<Problem[]> {
  const profiles = profile === undefined ? {} : await parseKnownFiles({});
  if (profile === undefined || Object.hasOwn(profiles, profile)) {
    return [];
  }
  const near = nearest(profile, Object.keys(profiles));
  return [
    {
      path: "aws:profile",
      found: `${profile}, which the AWS configuration files of this machine do not have`,
      allowed: "a profile of these files, or no profile where the environment has the credentials",
      toDo:
        near.length > 0
          ? `write ${near.join(" or ")}`
          : `add it (\`aws configure sso --profile ${profile}\`), correct it, or remove it`,
    },
  ];
}
