import { section, text } from "./fields";
import { withRules } from "./keyRules";
import { arnOf, nameCharacters, pathPattern, whole } from "./patterns";
import { key } from "./rules";

/** An AWS managed policy, by name or ARN. */
export const managedPolicy = text({
  pattern: whole(`(?=.{1,2048}$)(${arnOf}:iam::aws:policy/)?([A-Za-z0-9.,+@=_-]+/)*${nameCharacters}{1,128}`),
  allowed: "an AWS managed policy's name (with its path, if it has one) or ARN",
  toDo: "write for example ReadOnlyAccess, job-function/ViewOnlyAccess or arn:aws:iam::aws:policy/ReadOnlyAccess",
});

/** A policy that lies in every account the permission set is assigned in, under this name and path. */
export const customerManagedPolicy = section({
  name: key(
    "The policy's name.",
    text({
      pattern: whole(`${nameCharacters}{1,128}`),
      allowed: "1 to 128 letters, digits and +=,.@-_",
      toDo: "write the policy's name alone, without its ARN",
    }),
  ),
  path: key(
    "The policy's path.",
    text({
      pattern: whole(`(?=.{1,512}$)${pathPattern}`),
      allowed: "a path that begins and ends with /, 512 characters at most",
      toDo: "write for example /platform/",
    }).default("/"),
  ),
});

type PermissionsBoundary = { managedPolicy: string } | { customerManagedPolicy: { name: string; path: string } };

export const permissionsBoundary = withRules(
  section({
    managedPolicy: key("An AWS managed policy.", managedPolicy.optional()),
    customerManagedPolicy: key("A policy of the accounts themselves.", customerManagedPolicy.optional()),
  }),
  {
    keys: ["managedPolicy", "customerManagedPolicy"],
    allowed: "exactly one of managedPolicy and customerManagedPolicy",
    toDo: "write for example { managedPolicy: PowerUserAccess }",
    broken: (boundary) => (Object.keys(boundary).length === 1 ? [] : [{ path: [] }]),
  },
).transform((boundary) => boundary as PermissionsBoundary);
