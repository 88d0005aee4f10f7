import { z } from "zod";
import { AwsError } from "./awsError";
import type { Contents, OrganizationalUnit } from "./contents";
import { beginning } from "./identifiers";
import { accountForm, arnOf, organizationForm } from "./organizations/forms";
import { page, pageInput } from "./pages";
import { find, operation, type Operation, type Output, type Request, type Service } from "./service";

const invalid = "InvalidInputException";
const pages = pageInput(20);

/** Source of the patterns: AWS Organizations API reference. */
const AccountId = z.string().regex(/^\d{12}$/, "must be an account's id");
const ParentId = z
  .string()
  .max(100)
  .regex(/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/, "must be the id of a root or a unit");
const ChildId = z
  .string()
  .max(100)
  .regex(/^(\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/, "must be the id of an account or a unit");
const ResourceId = z.union([ParentId, AccountId], "must be the id of a root, a unit or an account");
const ServicePrincipal = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]*$/, "must be a service principal")
  .optional();

/** AWS Organizations, API version 2016-11-28. */
export const organizations: Service = {
  name: "organizations",
  signingName: "organizations",
  protocol: "json-1.1",
  identifiedBy: "AWSOrganizationsV20161128",
  invalidInput: invalid,
  messageMember: "Message",
  operations: {
    DescribeOrganization: operation("reads", z.object({}), (_input, { contents }) => ({
      Organization: organizationForm(contents),
    })),
    ListAccounts: administration(z.object(pages), (input, { contents }) =>
      page(
        "Accounts",
        contents.accounts.map((each) => accountForm(each, contents)),
        input,
        invalid,
      ),
    ),
    DescribeAccount: administration(z.object({ AccountId }), ({ AccountId: id }, { contents }) => ({
      Account: accountForm(
        find(contents.accounts, (each) => each.id === id, missing("Account", id)),
        contents,
      ),
    })),
    ListRoots: administration(z.object(pages), (input, { contents }) => {
      const { root } = contents;
      return page(
        "Roots",
        [{ Id: root.id, Arn: arnOf("root", root.id, contents), Name: root.name, PolicyTypes: [] }],
        input,
        invalid,
      );
    }),
    ListOrganizationalUnitsForParent: administration(z.object({ ParentId, ...pages }), (input, { contents }) => {
      const parent = existingParent(input.ParentId, contents);
      const units = contents.organizationalUnits.filter(({ path }) => path !== "" && parentPath(path) === parent.path);
      const listed = units.map(({ id, name }) => ({ Id: id, Arn: arnOf("ou", id, contents), Name: name }));
      return page("OrganizationalUnits", listed, input, invalid);
    }),
    ListAccountsForParent: administration(z.object({ ParentId, ...pages }), (input, { contents }) => {
      const parent = existingParent(input.ParentId, contents);
      const accounts = contents.accounts.filter(({ unitPath }) => unitPath === parent.path);
      return page(
        "Accounts",
        accounts.map((each) => accountForm(each, contents)),
        input,
        invalid,
      );
    }),
    ListParents: administration(z.object({ ChildId, ...pages }), (input, { contents }) => {
      const unit = contents.organizationalUnits.find(({ id }) => id === input.ChildId);
      const account = contents.accounts.find(({ id }) => id === input.ChildId);
      if (!unit && !account) throw missing("Child", input.ChildId)();
      const path = unit ? parentPath(unit.path) : account?.unitPath;
      const parent = existing(contents).find((each) => each.path === path);
      const type = parent === contents.root ? "ROOT" : "ORGANIZATIONAL_UNIT";
      return page("Parents", [{ Id: parent?.id, Type: type }], input, invalid);
    }),
    ListDelegatedAdministrators: administration(z.object({ ServicePrincipal, ...pages }), (input, { contents }) => {
      const { ServicePrincipal: principal } = input;
      const delegated = Object.entries(contents.delegatedAdministrators)
        .filter(([service]) => principal === undefined || service === principal)
        .flatMap(([, accounts]) => accounts);
      const accounts = contents.accounts.filter(({ id }) => delegated.includes(id));
      const listed = accounts.map((each) => ({ ...accountForm(each, contents), DelegationEnabledDate: beginning }));
      return page("DelegatedAdministrators", listed, input, invalid);
    }),
    ListTagsForResource: administration(
      z.object({ ResourceId, NextToken: z.string().optional() }),
      ({ ResourceId: id }, { contents }) => {
        const account = contents.accounts.find((each) => each.id === id);
        if (!account && !existing(contents).some((each) => each.id === id)) throw missing("Target", id)();
        return { Tags: Object.entries(account?.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
      },
    ),
  },
};

/** An operation that only the management account and delegated administrators of some service may call. */
function administration<Shape extends z.ZodType>(
  shape: Shape,
  answer: (input: z.output<Shape>, request: Request) => Output,
): Operation {
  return operation("reads", shape, (input, request) => {
    const { contents, caller } = request;
    const administrators = [contents.managementAccount, ...Object.values(contents.delegatedAdministrators).flat()];
    if (!administrators.includes(caller.account)) {
      throw new AwsError("AccessDeniedException", "You don't have permissions to access this resource.");
    }
    return answer(input, request);
  });
}

function existing({ root, organizationalUnits }: Contents): OrganizationalUnit[] {
  return [root, ...organizationalUnits];
}

function existingParent(id: string, contents: Contents): OrganizationalUnit {
  return find(existing(contents), (each) => each.id === id, missing("Parent", id));
}

function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** AWS has an exception of its own for everything that can be missing: AccountNotFoundException, ParentNotFoundException ... */
function missing(what: "Account" | "Parent" | "Child" | "Target", id: string): () => AwsError {
  return () => new AwsError(`${what}NotFoundException`, `There is no ${what.toLowerCase()} ${id} in the organization.`);
}
