import { list, section, text } from "./fields";
import { withRules } from "./keyRules";
import { nameCharacters, whole } from "./patterns";
import { key } from "./rules";

/** The policy's name in every account unless the stack says otherwise. */
export const memberPolicyName = "identity-aware-sessions";

const keys = section({
  organizationalUnits: key(
    "The organizational units whose accounts get the policy, those of the units below them and accounts that come to them later; / is the root, which holds all.",
    list(
      text({
        pattern: /^(\/|[^/]{1,128}(\/[^/]{1,128}){0,4})$/,
        allowed: "an organizational unit's path from the root down, or / for the root",
        toDo: "write the names joined by slashes, for example Workloads/Development",
      }),
      {
        allowed: "a list of organizational units",
        toDo: "write a list, for example [Workloads/Development]",
      },
    ).default([]),
  ),
  attachTo: key(
    "IAM roles that the policy is attached to, which every one of these accounts must have.",
    list(
      text({
        pattern: whole(`${nameCharacters}{1,64}`),
        allowed: "an IAM role's name: 1 to 64 letters, digits and +=,.@-_",
        toDo: "write the role's name alone, without its ARN or path",
      }),
      { allowed: "a list of names of IAM roles", toDo: "write a list, for example [analyst]" },
    ).default([]),
  ),
  policyName: key(
    "The policy's name in every account, for those who attach it there themselves.",
    text({
      pattern: whole(`${nameCharacters}{1,128}`),
      allowed: "an IAM policy's name: 1 to 128 letters, digits and +=,.@-_",
      toDo: "write the policy's name alone",
    }).default(memberPolicyName),
  ),
});

/** That units nest five levels deep at most: AWS Organizations User Guide, "Quotas for AWS Organizations". */
export const memberAccountsSection = withRules(
  keys,
  {
    keys: ["attachTo", "organizationalUnits"],
    allowed: "attachTo only with organizationalUnits",
    toDo: 'name the units in organizationalUnits (["/"] for all of the organization), or remove attachTo',
    broken: ({ attachTo, organizationalUnits }) =>
      attachTo.length > 0 && organizationalUnits.length === 0 ? [{ path: ["attachTo"] }] : [],
  },
  {
    keys: ["policyName", "organizationalUnits"],
    allowed: "policyName only with organizationalUnits",
    toDo: "name the units in organizationalUnits, or remove policyName",
    broken: ({ policyName, organizationalUnits }) =>
      policyName !== memberPolicyName && organizationalUnits.length === 0 ? [{ path: ["policyName"] }] : [],
  },
  {
    keys: ["organizationalUnits"],
    allowed: "organizational units of which none lies in another",
    toDo: "remove it: its accounts get the policy by the unit above it",
    broken: ({ organizationalUnits }) =>
      organizationalUnits.flatMap((unit, index) =>
        organizationalUnits.some((other) => other !== unit && (other === "/" || unit.startsWith(`${other}/`)))
          ? [{ path: ["organizationalUnits", index] }]
          : [],
      ),
  },
);
