import { DescribeInstanceAccessControlAttributeConfigurationCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import type { dynamic } from "@pulumi/pulumi";
import { checkedConnection } from "../aws/checkEndpoints";
import { clientConfiguration, type Connection } from "../aws/connection";
import type { Patience } from "../aws/waitFor";
import { type Safety, safetyFrom } from "../safety";
import { withoutStack } from "../withoutStack";
import { type ActualSettings, InstanceSettingsApi } from "./instanceSettingsApi";
import { attributesTaken, checked, regionsObjections } from "./instanceObjections";
import { instanceSettingsError } from "./instanceSettingsError";
import {
  asFound,
  type InstanceSettingsInputs,
  type InstanceSettingsOutputs,
  isAsWanted,
  isEncryptedWith,
  isThere,
  outputs,
  unwanted,
} from "./wantedAndActual";

/** How far a change had come: what AWS had before it, and the Regions that this stack added, before it and by then. */
interface Progress {
  readonly before: ActualSettings;
  readonly addedBefore: readonly string[];
  readonly addedRegions: readonly string[];
}

/**
 * The settings of an instance of IAM Identity Center that no other provider has, as one resource, identified by the instance's
 * ARN. It has no `diff`, so the engine compares inputs. Settings that the inputs leave out are left as they are, and what is so
 * already is adopted.
 */
export class InstanceSettingsProvider implements dynamic.ResourceProvider<
  InstanceSettingsInputs,
  InstanceSettingsOutputs
> {
  private connection?: Promise<Connection>;
  private safety?: Safety;
  private readonly patience: Patience;

  constructor(patience: Patience = { firstPause: 1_000, longestPause: 30_000, atMost: 3_600_000 }) {
    this.patience = patience;
  }

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.safety = safetyFrom(config);
    this.connection = checkedConnection(config);
    await this.connection;
  }

  /**
   * Refuses, at preview already, to take Regions away without a word, and to make attributes for access control where there are
   * some that are not this stack's. Only the state knows what was there before, and only here can it be asked.
   */
  async check(
    olds: Partial<InstanceSettingsInputs>,
    news: InstanceSettingsInputs,
  ): Promise<dynamic.CheckResult<InstanceSettingsInputs>> {
    const isSame = olds.instanceArn === news.instanceArn;
    const reasons = isSame ? regionsObjections(olds, news, this.safety) : [];
    if (news.accessControlAttributes === undefined) {
      return checked(news, reasons);
    }
    const inputs = { ...news, accessControlAttributes: "managed" } as const;
    const isNew = olds.accessControlAttributes === undefined || !isSame;
    if (news.accessControlAttributes === "create" && isNew && (await this.hasAttributes(news.instanceArn))) {
      reasons.push(attributesTaken(news.instanceArn));
    }
    return checked(inputs, reasons);
  }

  async create(inputs: InstanceSettingsInputs): Promise<dynamic.CreateResult<InstanceSettingsOutputs>> {
    return { id: inputs.instanceArn, outs: await this.change(inputs, []) };
  }

  async read(id: string, props?: InstanceSettingsOutputs): Promise<dynamic.ReadResult> {
    const { addedRegions, ...wanted } = props ?? { instanceArn: id, addedRegions: [] };
    const actual = await withoutStack(async () => (await this.api(id)).read());
    const inputs = asFound(wanted, actual, addedRegions);
    return { id, inputs, props: { ...inputs, addedRegions: addedRegions.filter((region) => isThere(region, actual)) } };
  }

  async update(
    _id: string,
    olds: InstanceSettingsOutputs,
    news: InstanceSettingsInputs,
  ): Promise<dynamic.UpdateResult<InstanceSettingsOutputs>> {
    return { outs: await this.change(news, olds.addedRegions) };
  }

  /** Leaves the instance as it is, but for the Regions that this stack added: name, key and permission sets have no way back. */
  async delete(id: string, props: InstanceSettingsOutputs): Promise<void> {
    if (props.addedRegions.length > 0) {
      await withoutStack(() => this.change({ instanceArn: id }, props.addedRegions));
    }
  }

  /**
   * Makes the settings so, one after the other: Regions come after the key that they need, and are added before others go.
   *
   * @throws an error that Pulumi records as "exists, but not as wanted", with what AWS has by then.
   */
  private async change(news: InstanceSettingsInputs, addedBefore: readonly string[]): Promise<InstanceSettingsOutputs> {
    const api = await this.api(news.instanceArn);
    const addedRegions = [...addedBefore];
    const before = await api.read();
    if (isAsWanted(news, before, addedBefore)) {
      return outputs(
        news,
        addedRegions.filter((region) => isThere(region, before)),
      );
    }
    try {
      const actual = await api.settled();
      if (news.name !== undefined && news.name !== actual.name) {
        await api.rename(news.name);
      }
      if (news.kmsKeyArn !== undefined && !isEncryptedWith(news.kmsKeyArn, actual)) {
        await api.useKey(news.kmsKeyArn);
      }
      if (news.permissionSetsEnabled === true && !actual.permissionSetsEnabled) {
        await api.enablePermissionSets();
      }
      for (const region of news.additionalRegions ?? []) {
        if (!isThere(region, actual)) {
          await api.addRegion(region);
          addedRegions.push(region);
          await api.regionIsActive(region);
        }
      }
      for (const region of unwanted(news, addedBefore)) {
        if (isThere(region, actual)) {
          await api.removeRegion(region);
        }
      }
    } catch (error) {
      throw await this.halfWay(error as Error, api, news, { before, addedBefore, addedRegions });
    }
    return outputs(
      news,
      addedRegions.filter((region) => news.additionalRegions?.includes(region)),
    );
  }

  /** The error, for Pulumi to record what AWS has when anything was changed before it. */
  private async halfWay(
    error: Error,
    api: InstanceSettingsApi,
    news: InstanceSettingsInputs,
    { before, addedBefore, addedRegions }: Progress,
  ): Promise<Error> {
    const actual = await api.read().catch(() => undefined);
    if (addedRegions.length === addedBefore.length && JSON.stringify(actual ?? before) === JSON.stringify(before)) {
      return error;
    }
    const found = asFound(news, actual ?? before, addedRegions);
    // The provider's own code, without which the resource could not be read again.
    const { __provider } = news as { __provider?: unknown };
    const properties = { ...(__provider !== undefined && { __provider }), ...outputs(found, addedRegions) };
    return Object.assign(error, { id: news.instanceArn, properties, reasons: [error.message] });
  }

  private async hasAttributes(instanceArn: string): Promise<boolean> {
    const client = new SSOAdminClient(clientConfiguration(await this.configured()));
    try {
      await client.send(new DescribeInstanceAccessControlAttributeConfigurationCommand({ InstanceArn: instanceArn }));
      return true;
    } catch (error) {
      if ((error as Error).name === "ResourceNotFoundException") {
        return false;
      }
      const failed = "its attributes for access control could not be read";
      throw instanceSettingsError(
        "sso:DescribeInstanceAccessControlAttributeConfiguration",
        instanceArn,
        failed,
        error,
      );
    }
  }

  private async api(instanceArn: string): Promise<InstanceSettingsApi> {
    return new InstanceSettingsApi(await this.configured(), instanceArn, this.patience);
  }

  private configured(): Promise<Connection> {
    if (this.connection === undefined) {
      throw new Error("The provider of the instance's settings was not configured.");
    }
    return this.connection;
  }
}
