import { checkCaller } from "./components/aws/checkCaller";
import { registerProviders } from "./components/aws/providers";
import { Grants } from "./components/grants/grants";
import { lookUpAssignments } from "./components/grants/lookUpAssignments";
import { partitionOf } from "./components/grants/policyDocument";
import { IdentityAwareSessions } from "./components/identityAwareSessions/identityAwareSessions";
import { nextStep } from "./components/identityAwareSessions/nextStep";
import { preflight } from "./components/identityAwareSessions/preflight";
import { findInstance } from "./components/organizationInstance/findInstance";
import { OrganizationInstance } from "./components/organizationInstance/organizationInstance";
import { loadSettings } from "./components/settings/settings";

export = async () => {
  const settings = loadSettings();
  const { connection, permissionSets } = settings;

  const providers = await registerProviders(connection);
  await checkCaller(connection, providers.aws);

  const found = await findInstance(connection, settings.instance.arn);
  const assignments = await lookUpAssignments(connection, found.identityStoreId, permissionSets);
  const before = await preflight(connection, found.arn);

  const instance = new OrganizationInstance("instance", { instance: found });
  const grants = new Grants(
    "grants",
    { instanceArn: instance.arn, partition: partitionOf(found.arn), permissionSets, assignments },
    { providers },
  );
  const sessions = new IdentityAwareSessions("sessions", {
    instanceArn: instance.arn,
    connection,
    onDestroy: settings.switch.onDestroy,
    protect: settings.safety.protect,
    preflight: before,
  });

  return {
    instance: instance.arn,
    identityStore: instance.identityStoreId,
    region: instance.primaryRegion,
    permissionSets: grants.permissionSetArns,
    applicationArn: sessions.applicationArn,
    status: sessions.status,
    adopted: sessions.adopted,
    nextStep: sessions.status.apply((status) => nextStep(status, found.primaryRegion)),
  };
};
