import Table from "cli-table3";
import pc from "picocolors";
import type { Contents } from "../contents";
import type { ConsoleSession } from "./session";
import { signIn, signIns } from "./signIn";

const paths = {
  accessPortal: "access portal, as",
  iamUser: "IAM user",
  iamRole: "IAM role",
  federation: "federation, as role",
};

/** Who of the organization's people gets an identity-aware console session by which path, as a table; undefined without people. */
export function sessionTable(contents: Contents): string | undefined {
  const sessions = signIns(contents).map((each) => signIn(each, contents));
  if (sessions.length === 0) return undefined;
  const table = new Table({
    head: ["person", "signs in by", "in account", "identity-aware", "its three values, or what is missing"],
    colWidths: [8, 32, 15, 16, 47],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const session of sessions) {
    const { person, path, by, account, isIdentityAware } = session;
    const { name = account } = contents.accounts.find(({ id }) => id === account) ?? {};
    const word = isIdentityAware ? pc.green("yes") : pc.red("no");
    table.push([person, `${paths[path]} ${by}`, name, word, detail(session)]);
  }
  return table.toString();
}

function detail({ isIdentityAware, values, missing }: ConsoleSession): string {
  if (!isIdentityAware) {
    return missing.map(({ link, reason }) => `${link}: ${reason}`).join("\n");
  }
  const names = (added: string) => values.flatMap((each) => (each.added === added ? shortName(each.name) : []));
  const [first, later] = [names("at sign-in"), names("when it became identity-aware")];
  return [
    ...(first.length > 0 ? [`${first.join(" and ")} at sign-in`] : []),
    `${later.join(", ")} once identity-aware`,
  ].join("; ");
}

function shortName(name: string): string {
  return { "identitystore:UserId": "user id", "identitystore:IdentityStoreArn": "identity store" }[name] ?? name;
}
