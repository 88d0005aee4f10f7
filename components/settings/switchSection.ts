import { roleArn } from "./awsSection";
import { choice, list, section, text } from "./fields";
import { withRules } from "./keyRules";
import { nameCharacters, whole } from "./patterns";
import { key } from "./rules";

const keys = section({
  mode: key(
    "What the stack does about the switch: manage turns it on and keeps it on, require goes on only while it is on, ignore leaves it alone.",
    choice(
      ["manage", "require", "ignore"],
      "write manage in one stack an instance, require or ignore in the others",
    ).default("manage"),
  ),
  onDestroy: key(
    "What `pulumi destroy` does: keep leaves the sessions on, deleteApplication deletes the application behind them.",
    choice(["keep", "deleteApplication"], "write keep to leave the sessions on when the stack is destroyed").default(
      "keep",
    ),
  ),
  enabler: key("The role whose nine permissions preview simulates; without it the caller's.", roleArn().optional()),
  enablers: key(
    "IAM roles of the stack's account that are given the nine permissions, as a policy, whatever the mode.",
    list(
      text({
        pattern: whole(`${nameCharacters}{1,64}`),
        allowed: "an IAM role's name: 1 to 64 letters, digits and +=,.@-_",
        toDo: "write the role's name alone, without its ARN or path",
      }),
      { allowed: "a list of names of IAM roles", toDo: "write a list, for example [identity-center-admin]" },
    ).default([]),
  ),
  enablerPermissionSet: key(
    "A permission set of this stack that is given the nine permissions too, whatever the mode.",
    text({
      pattern: whole(`${nameCharacters}{1,32}`),
      allowed: "the name of a permission set of this stack",
      toDo: "write the name of one of permissionSets",
    }).optional(),
  ),
});

export const switchSection = withRules(keys, {
  keys: ["mode"],
  allowed: "onDestroy: deleteApplication and enabler only with mode: manage",
  toDo: "remove it, or write mode: manage",
  broken: ({ mode, onDestroy, enabler }) => {
    const givenAll = { onDestroy: onDestroy === "deleteApplication", enabler: enabler !== undefined };
    const given = Object.entries(givenAll).flatMap(([name, isGiven]) => (isGiven ? [name] : []));
    return mode === "manage" ? [] : given.map((name) => ({ path: [name], found: `${name} with mode: ${mode}` }));
  },
});
