import { z } from "zod";
import { AwsError } from "./awsError";
import type { Application, Contents, Instance } from "./contents";
import { newDigits, now } from "./identifiers";
import { operation, type Request, type Service } from "./service";
import { consoleApplicationSettings } from "./ssoAdmin/consoleApplication";
import { isOrganizationInstance, requireAdministrator } from "./ssoAdmin/instance";

const identityCenterInstanceArn = z
  .string()
  .regex(
    /^arn:(aws|aws-us-gov|aws-cn|aws-iso|aws-iso-b):sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/,
    "must be an instance ARN",
  );

/** AWS Sign-In control plane, API version 2022-07-26: its two operations behind "Enable identity-aware sessions". */
export const signInControlPlane: Service = {
  name: "signin",
  signingName: "signin",
  protocol: "json-1.0",
  identifiedBy: "AWSIDSigninControlPlane",
  invalidInput: "ValidationException",
  messageMember: "message",
  operations: {
    CreateTrustedIdentityPropagationApplicationForConsole: operation(
      "writes",
      z.object({ identityCenterInstanceArn }),
      (input, request) => {
        const { contents, faults } = request;
        const instance = organizationInstance(
          input.identityCenterInstanceArn,
          request,
          setupFailed("RESOURCE_NOT_FOUND"),
        );
        requireAdministrator(instance.arn, request);
        if (consoleApplication(instance, contents)) {
          throw setupFailed("APPLICATION_ALREADY_EXISTS")(
            `${instance.arn} has the application for the console already.`,
          );
        }
        return { applicationArn: createConsoleApplication(contents, instance, faults.visibleAfter).arn };
      },
    ),
    ListTrustedIdentityPropagationApplicationsForConsole: operation(
      "reads",
      z.object({
        identityCenterInstanceArn,
        maxResults: z.literal(1).optional(),
        nextToken: z.string().optional(),
      }),
      (input, request) => {
        const invalid = (message: string) => new AwsError("ValidationException", message);
        const instance = organizationInstance(input.identityCenterInstanceArn, request, invalid);
        requireAdministrator(instance.arn, request);
        // An instance has one application at most, so there is never a second page.
        if (input.nextToken !== undefined) throw invalid("The nextToken is not one that this operation gave.");
        const application = consoleApplication(instance, request.contents);
        const hidden = application !== undefined && application.hiddenLists > 0;
        if (hidden) application.hiddenLists -= 1;
        return { applicationArns: application && !hidden ? [application.arn] : [] };
      },
    ),
  },
};

/** Makes the application that is the switch; in the next `hiddenLists` calls of List it is not shown. */
export function createConsoleApplication(contents: Contents, instance: Instance, hiddenLists: number): Application {
  const instanceId = instance.arn.slice(instance.arn.lastIndexOf("/") + 1);
  const arn = `arn:${contents.partition}:sso::${instance.ownerAccount}:application/${instanceId}/apl-${newDigits(contents)}`;
  const application: Application = {
    arn,
    instanceArn: instance.arn,
    name: "TrustedIdentityPropagationApplicationForConsole",
    createdDate: now(contents),
    createdFrom: instance.primaryRegion,
    hiddenLists,
    ...consoleApplicationSettings(arn),
  };
  contents.applications.push(application);
  return application;
}

function consoleApplication({ arn }: Instance, { applications }: Contents): Application | undefined {
  return applications.find(({ instanceArn }) => instanceArn === arn);
}

function setupFailed(reason: "RESOURCE_NOT_FOUND" | "APPLICATION_ALREADY_EXISTS"): (message: string) => AwsError {
  return (message) => new AwsError("SetupFailedException", message, { reason });
}

/** The instance, which the operations find in its primary Region only; an account instance does not do. */
function organizationInstance(
  arn: string,
  { contents, region }: Request,
  notFound: (message: string) => AwsError,
): Instance {
  const instance = contents.instances.find((each) => each.arn === arn && each.primaryRegion === region);
  if (instance === undefined) throw notFound(`There is no instance ${arn} whose primary Region is ${region}.`);
  if (!isOrganizationInstance(instance, contents)) {
    throw new AwsError(
      "ValidationException",
      `${arn} is an account instance of ${instance.ownerAccount}; identity-aware sessions need an organization instance.`,
    );
  }
  return instance;
}
