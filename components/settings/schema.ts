import { nearest } from "../../policy-pack/nearest";
import { withSetContext, withStatements } from "../grants/policyDocument";
import { enablerStatements } from "../identityAwareSessions/enablerPermissions";
import { awsSection } from "./awsSection";
import { section } from "./fields";
import { iamPrincipalsSection } from "./iamPrincipalsSection";
import { instanceSection } from "./instanceSection";
import { withRules } from "./keyRules";
import { permissionSetsSection } from "./permissionSetSection";
import { inlinePolicyLimit, nonBlankBytes } from "./policyDocumentSection";
import { key } from "./rules";
import { safetySection } from "./safetySection";
import { switchSection } from "./switchSection";

const ownSections = withRules(
  section({
    instance: key("The organization instance of IAM Identity Center and its settings.", instanceSection.prefault({})),
    permissionSets: key(
      "The permission sets, by name; each is given sts:SetContext beside what it says itself.",
      permissionSetsSection.default({}),
    ),
    iamPrincipals: key(
      "Who reaches the console without a permission set; each is given sts:SetContext.",
      iamPrincipalsSection.prefault({}),
    ),
    switch: key('The switch "Enable identity-aware sessions".', switchSection.prefault({})),
    safety: key("What protects from accidents.", safetySection.prefault({})),
  }),
  {
    keys: ["instance.enablePermissionSets"],
    kinds: ["safety.confirm"],
    allowed: "instance.enablePermissionSets only when safety.confirm holds enablePermissionSets: AWS cannot undo it",
    toDo: "add enablePermissionSets to safety.confirm, or remove instance.enablePermissionSets",
    broken: ({ instance, safety }) =>
      instance.enablePermissionSets && !safety.confirm.includes("enablePermissionSets")
        ? [{ path: ["instance", "enablePermissionSets"] }]
        : [],
  },
  {
    keys: ["switch.enablerPermissionSet"],
    kinds: ["permissionSets"],
    allowed: "as switch.enablerPermissionSet one of permissionSets that is not existing: true",
    toDo: "name a permission set that this stack manages, or make it one",
    broken: ({ switch: { enablerPermissionSet: name }, permissionSets }, isRight) => {
      if (
        name === undefined ||
        !isRight("permissionSets", name, "existing") ||
        permissionSets[name]?.existing === false
      ) {
        return [];
      }
      const near = permissionSets[name] === undefined ? nearest(name, Object.keys(permissionSets)) : [];
      return [
        { path: ["switch", "enablerPermissionSet"], ...(near.length > 0 && { toDo: `write ${near.join(" or ")}` }) },
      ];
    },
  },
  {
    keys: ["switch.enablerPermissionSet"],
    kinds: ["permissionSets"],
    allowed:
      "in the inlinePolicy of switch.enablerPermissionSet what leaves room for the nine permissions and the grant of sts:SetContext",
    toDo: "move some of it into customerManagedPolicies, or name another permission set",
    broken: ({ switch: { enablerPermissionSet: name = "" }, permissionSets }, isRight) => {
      const own = isRight("permissionSets", name, "inlinePolicy") ? permissionSets[name]?.inlinePolicy : undefined;
      // With the longest partition's name: which it is, nobody knows yet.
      const bytes =
        own === undefined ? 0 : nonBlankBytes(withSetContext(withStatements(own, enablerStatements()), "aws-us-gov"));
      return bytes > inlinePolicyLimit.bytes
        ? [
            {
              path: ["permissionSets", name, "inlinePolicy"],
              found: `${bytes.toLocaleString("en")} non-blank bytes with them`,
            },
          ]
        : [];
    },
  },
  {
    keys: ["instance.arn"],
    kinds: ["permissionSets"],
    allowed: "for import permission sets of instance.arn, each once",
    toDo: "write the ARN of a permission set of that instance, which no other permission set of the stack imports",
    broken: ({ instance, permissionSets }, isRight) => {
      const imports = Object.entries(permissionSets).flatMap(([name, set]) =>
        isRight("permissionSets", name, "import") ? [{ name, arn: set.import }] : [],
      );
      const ofInstance = `:permissionSet/${instance.arn?.split("/")[1] ?? ""}`;
      return imports.flatMap(({ name, arn }, index) =>
        arn !== undefined && (!arn.includes(ofInstance) || imports.findIndex((other) => other.arn === arn) < index)
          ? [{ path: ["permissionSets", name, "import"] }]
          : [],
      );
    },
  },
);

/**
 * The whole configuration of a stack, by namespace. Every rule says what is allowed and what to do about a value that is not;
 * limits and patterns are AWS's own.
 */
export const settingsSchema = withRules(
  section({ aws: awsSection, "identity-aware-sessions": ownSections }),
  {
    keys: ["aws.region"],
    kinds: ["identity-aware-sessions.instance.additionalRegions"],
    allowed: "as instance.additionalRegions other Regions than aws:region",
    toDo: "remove it, the primary Region is there anyway",
    broken: ({ aws, "identity-aware-sessions": { instance } }) =>
      instance.additionalRegions.flatMap((region, index) =>
        region === aws.region ? [{ path: ["identity-aware-sessions", "instance", "additionalRegions", index] }] : [],
      ),
  },
  {
    keys: ["aws.region", "identity-aware-sessions.instance.kmsKeyArn"],
    allowed: "as instance.kmsKeyArn a key in aws:region",
    toDo: "name the key, or its replica, that lies in the primary Region",
    broken: ({ aws, "identity-aware-sessions": { instance } }) =>
      instance.kmsKeyArn !== undefined && instance.kmsKeyArn.split(":")[3] !== aws.region
        ? [{ path: ["identity-aware-sessions", "instance", "kmsKeyArn"] }]
        : [],
  },
);
