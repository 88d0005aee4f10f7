import { z } from "zod";
import { accountOf } from "../arn";
import { AwsError } from "../awsError";
import type { Application, Contents } from "../contents";
import { page, pageInput } from "../pages";
import { find, operation, type Operation, type Output, type Request } from "../service";
import { accountId } from "./accountAssignments";
import { instanceArn, readableInstance, requireAdministrator } from "./instance";

export const applicationArn = z
  .string()
  .regex(
    /^arn:aws(-[a-z]{1,5}){0,3}:sso::\d{12}:application\/(sso)?ins-[a-zA-Z0-9-.]{16}\/apl-[a-zA-Z0-9]{16}$/,
    "must be an application ARN",
  );

const applicationProvider = z
  .string()
  .max(1224)
  .regex(
    /^arn:aws(-[a-z]{1,5}){0,3}:sso::aws:applicationProvider\/[a-zA-Z0-9-/]+$/,
    "must be the ARN of an application provider",
  );

export const applications: Record<string, Operation> = {
  ListApplications: operation(
    "reads",
    z.object({
      InstanceArn: instanceArn,
      Filter: z
        .object({ ApplicationAccount: accountId.optional(), ApplicationProvider: applicationProvider.optional() })
        .optional(),
      ...pageInput(100),
    }),
    (input, request) => {
      const instance = readableInstance(input.InstanceArn, request, "AccessDeniedException");
      const { ApplicationAccount: account, ApplicationProvider: provider } = input.Filter ?? {};
      const listed = request.contents.applications
        .filter((each) => each.instanceArn === instance.arn && provider === undefined)
        .filter(({ arn }) => account === undefined || accountOf(arn) === account);
      return page(
        "Applications",
        listed.map((each) => wireForm(each, request.contents)),
        input,
      );
    },
  ),
  DescribeApplication: operation("reads", z.object({ ApplicationArn: applicationArn }), (input, request) =>
    wireForm(existingApplication(input.ApplicationArn, request), request.contents),
  ),
  DeleteApplication: operation("writes", z.object({ ApplicationArn: applicationArn }), (input, request) => {
    const application = existingApplication(input.ApplicationArn, request);
    requireAdministrator(application.instanceArn, request);
    const { applications } = request.contents;
    applications.splice(applications.indexOf(application), 1);
    return {};
  }),
};

export function existingApplication(arn: string, request: Request): Application {
  const application = find(
    request.contents.applications,
    (each) => each.arn === arn,
    () => new AwsError("ResourceNotFoundException", `There is no application ${arn}.`),
  );
  readableInstance(application.instanceArn, request);
  return application;
}

/** The name is local AWS's own: neither it nor the application provider's ARN is documented, so the latter is left out. */
function wireForm(application: Application, contents: Contents): Output {
  const { arn, name, instanceArn, createdDate, createdFrom, status = "ENABLED" } = application;
  const instance = contents.instances.find((each) => each.arn === instanceArn);
  return {
    ApplicationArn: arn,
    Name: name,
    ApplicationAccount: accountOf(arn),
    InstanceArn: instanceArn,
    ...(instance && {
      IdentityStoreArn: `arn:${contents.partition}:identitystore::${instance.ownerAccount}:identitystore/${instance.identityStoreId}`,
    }),
    Status: status,
    CreatedDate: createdDate,
    CreatedFrom: createdFrom,
  };
}
