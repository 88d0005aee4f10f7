import { checkCaller } from "./components/aws/checkCaller";
import { checkConnection } from "./components/aws/checkConnection";
import { registerProviders } from "./components/aws/providers";
import { Grants } from "./components/grants/grants";
import { refuseTakenNames } from "./components/grants/refuseTakenNames";
import { StackRecord } from "./components/grants/stackRecord";
import { IamPrincipals } from "./components/iamPrincipals/iamPrincipals";
import { Enablers } from "./components/identityAwareSessions/enablers";
import { IdentityAwareSessions } from "./components/identityAwareSessions/identityAwareSessions";
import { nextStep } from "./components/identityAwareSessions/nextStep";
import { findApplication } from "./components/identityAwareSessions/preflight";
import { lookUps } from "./components/lookUps";
import { OrganizationInstance } from "./components/organizationInstance/organizationInstance";
import { loadSettings } from "./components/settings/settings";

export = async () => {
  const settings = loadSettings();
  const { connection, permissionSets, safety } = settings;
  const { enablers: roles, mode, onDestroy } = settings.switch;
  await checkConnection(connection, safety.endpoints);
  const providers = await registerProviders(connection);
  await checkCaller(connection, providers.aws, providers["aws-native"]);
  const found = await lookUps(settings);

  const instance = new OrganizationInstance(
    "instance",
    { instance: found.instance, settings: settings.instance, protect: safety.protect },
    { providers },
  );
  const grants = new Grants(
    "grants",
    { instanceArn: instance.arn, permissionSets, ...found.policies, ...found.grants },
    { providers },
  );
  const iam = IamPrincipals.of("iam-principals", found.iamPrincipals, found.instance.arn, { providers });
  const enablers = Enablers.of("enablers", { roles }, { providers });
  const sessions = new IdentityAwareSessions("sessions", {
    instanceArn: instance.arn,
    connection,
    onDestroy,
    protect: safety.protect,
    preflight: found.preflight,
    enablers,
    readBack: () => findApplication(connection, found.instance.arn),
  });
  const isGranted = grants.isAssigned || iam !== undefined;
  new StackRecord("stack-record", { instance, grants, iam, switch: settings.switch, others: [enablers, sessions] });
  await refuseTakenNames(connection, found.instance, grants.managed);

  return {
    instance: instance.arn,
    identityStore: instance.identityStoreId,
    region: instance.primaryRegion,
    permissionSets: grants.permissionSetArns,
    ...(mode !== "ignore" && { applicationArn: sessions.applicationArn }),
    status: sessions.status,
    ...(mode === "manage" && { adopted: sessions.adopted }),
    nextStep: sessions.status.apply((status) => nextStep(status, { ...found.instance, isGranted, permissionSets })),
  };
};
