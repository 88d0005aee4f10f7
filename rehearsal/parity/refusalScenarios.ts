import type { Organization } from "../aws/organization";
import { AwsWorld } from "./awsWorld";
import { configure, destroy, own, preview, previewDestroy, region, small, unprotected, up } from "./projectActs";
import type { Scenario } from "./scenario";

const start = () => AwsWorld.start();
const inAnotherRegion = ({ instances, ...example }: Organization) => ({
  ...example,
  instances: instances.map((instance) => ({ ...instance, primaryRegion: "eu-south-1" })),
});

/** What this project's own stack is refused. */
export const refusalScenarios: readonly Scenario<AwsWorld>[] = [
  {
    title: "what is protected is not destroyed",
    start,
    config: { ...small, ...own({ safety: { protect: true } }) },
    acts: [up, previewDestroy, configure(small), up, destroy],
  },
  {
    title: "too many removals are refused at preview",
    start,
    config: small,
    acts: [
      up,
      configure({ ...region, ...own({ permissionSets: {}, safety: { ...unprotected, maxRemovals: 1 } }) }),
      preview,
      up,
    ],
  },
  {
    title: "a stack in an opt-in Region is refused by the policy pack",
    start: () => AwsWorld.start(inAnotherRegion),
    config: { ...small, "aws:region": "eu-south-1" },
    acts: [preview, up],
  },
  {
    title: "a configuration that cannot be used is refused",
    start,
    config: { ...small, ...own({ permissionSets: { Developer: { sessionDuration: "8 hours" } } }) },
    acts: [preview, up],
  },
  {
    title: "an account instance is refused",
    start: () =>
      AwsWorld.start((example) => ({
        ...example,
        instances: example.instances.map((instance) => ({ ...instance, ownerAccount: "222222222222" })),
      })),
    config: small,
    acts: [preview, up],
  },
];
