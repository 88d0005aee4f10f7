import { z } from "zod";
import { operation, type Service } from "./service";
import { digitsOf } from "./identifiers";

/** AWS Security Token Service, API version 2011-06-15. */
export const sts: Service = {
  name: "sts",
  signingName: "sts",
  protocol: "query",
  identifiedBy: "2011-06-15",
  invalidInput: "ValidationError",
  messageMember: "message",
  operations: {
    GetCallerIdentity: operation("reads", z.object({}), (_input, { caller }) => ({
      UserId: userId(caller.arn),
      Account: caller.account,
      Arn: caller.arn,
    })),
  },
};

/** A user's unique id; a role session's is the role's followed by the session's name. */
function userId(arn: string): string {
  const resource = arn.slice(arn.lastIndexOf(":") + 1);
  const [kind, name, session] = resource.split("/");
  const unique = (prefix: string, text: string) => `${prefix}${digitsOf(text, 17).toUpperCase()}`;
  return kind === "assumed-role" ? `${unique("AROA", String(name))}:${String(session)}` : unique("AIDA", resource);
}
