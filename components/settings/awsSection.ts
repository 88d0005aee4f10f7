import { list, section, text } from "./fields";
import { arnOf, nameCharacters, whole } from "./patterns";
import { primaryRegion } from "./regions";
import { key } from "./rules";

/** An IAM role of any path, whose characters IAM hardly restricts. */
export const roleArn = () =>
  text({
    pattern: whole(`(?=.{20,2048}$)${arnOf}:iam::[0-9]{12}:role/([!-.0-~]+/)*${nameCharacters}{1,64}`),
    allowed: "the ARN of an IAM role",
    toDo: "write for example arn:aws:iam::111111111111:role/identity-center-admin",
  });

/** As sts:AssumeRole takes them. */
const assumeRole = section({
  roleArn: key("The role that the stack acts as.", roleArn()),
  sessionName: key(
    "The name of the role's sessions, as CloudTrail shows it.",
    text({
      pattern: whole(`${nameCharacters}{2,64}`),
      allowed: "2 to 64 letters, digits and +=,.@-_",
      toDo: "write for example pulumi",
    }).optional(),
  ),
  externalId: key(
    "The external id that the role's trust policy asks for.",
    text({
      pattern: whole(String.raw`[\w+=,.@:/\-]{2,1224}`),
      allowed: "2 to 1,224 letters, digits and +=,.@:/-_",
      toDo: "write the id that the role's trust policy asks for, in quotes",
    }).optional(),
  ),
});

const oneRole = {
  allowed: "a list of exactly one role",
  toDo: "write for example [{ roleArn: arn:aws:iam::111111111111:role/identity-center-admin }]; for a chain of roles name a profile",
};

/** The `aws:` section, which Pulumi's own AWS provider reads too: it may hold no key that only one part of the stack heeds. */
export const awsSection = section({
  region: key("Where AWS is called.", primaryRegion),
  profile: key(
    "The profile of the AWS configuration files to sign in with; without one the SDK's default sources of credentials decide.",
    text({
      allowed: "the name of a profile",
      toDo: "write the name of a profile of your AWS configuration files, or remove the key",
    }).optional(),
  ),
  assumeRoles: key(
    "The role to act as, assumed with the credentials that are found.",
    list(assumeRole, { ...oneRole, exactly: 1 }).optional(),
  ),
});
