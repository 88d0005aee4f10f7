import { z } from "zod";
import { managedPolicyNames, managedPolicyVersion } from "../managedPolicies";
import { operation } from "../service";
import { markedPage, markedPageInput } from "./pages";
import { managedPolicy, policyForm } from "./policies";

/**
 * ListPolicies, of the policies that AWS manages and of the account's own, without the filters by path, usage and attachment. A
 * managed policy whose document local AWS does not have is listed without its DefaultVersionId; descriptions are left out, as the API
 * reference has it.
 */
export const policyListOperations = {
  ListPolicies: operation(
    "reads",
    z.strictObject({ Scope: z.enum(["All", "AWS", "Local"]).default("All"), ...markedPageInput }),
    (input, request) => {
      const { contents, caller } = request;
      const own = contents.iamPolicies.filter(({ account }) => account === caller.account);
      const ofAws = managedPolicyNames(contents).map((name) => {
        const arn = `arn:${contents.partition}:iam::aws:policy/${name}`;
        const version = managedPolicyVersion(arn, contents);
        return managedPolicy(arn, version === "unknown" ? undefined : version);
      });
      const listed = [...(input.Scope === "AWS" ? [] : own), ...(input.Scope === "Local" ? [] : ofAws)];
      const page = markedPage("Policies", listed, input);
      return {
        ...page,
        Policies: page.Policies.map((each) => ({ ...policyForm(each, request), Description: undefined })),
      };
    },
  ),
};
