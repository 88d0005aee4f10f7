import {
  AddRegionCommand,
  DescribeInstanceCommand,
  RemoveRegionCommand,
  SSOAdminClient,
  UpdateInstanceCommand,
  type UpdateInstanceRequest,
} from "@aws-sdk/client-sso-admin";
import { clientConfiguration, type Connection } from "../aws/connection";
import { type Patience, waitFor } from "../aws/waitFor";
import { instanceSettingsError } from "./instanceSettingsError";

/** The settings of an instance as AWS has them. */
export interface ActualSettings {
  readonly name: string | undefined;
  /** The customer managed key in use; undefined for the key that AWS owns. */
  readonly kmsKeyArn: string | undefined;
  /** UPDATING, ENABLED or UPDATE_FAILED. */
  readonly encryptionStatus: string;
  readonly encryptionStatusReason: string | undefined;
  readonly permissionSetsEnabled: boolean;
  /** ACTIVE, ADDING or REMOVING by Region, without the primary one. */
  readonly additionalRegions: Readonly<Record<string, string>>;
}

/** The settings of one instance: reads them, and changes one at a time, each until AWS says that the change is done. */
export class InstanceSettingsApi {
  private readonly client: SSOAdminClient;
  private readonly instanceArn: string;
  private readonly patience: Patience;

  constructor(connection: Connection, instanceArn: string, patience: Patience) {
    this.client = new SSOAdminClient(clientConfiguration(connection));
    this.instanceArn = instanceArn;
    this.patience = patience;
  }

  async read(): Promise<ActualSettings> {
    const described = await this.calling("sso:DescribeInstance", "its settings could not be read", () =>
      this.client.send(new DescribeInstanceCommand({ InstanceArn: this.instanceArn })),
    );
    const { KeyType, KmsKeyArn, EncryptionStatus, EncryptionStatusReason } =
      described.EncryptionConfigurationDetails ?? {};
    const additional = (described.Regions ?? []).filter(({ IsPrimaryRegion }) => IsPrimaryRegion !== true);
    return {
      name: described.Name,
      kmsKeyArn: KeyType === "CUSTOMER_MANAGED_KEY" ? KmsKeyArn : undefined,
      encryptionStatus: EncryptionStatus ?? "ENABLED",
      encryptionStatusReason: EncryptionStatusReason,
      // An instance that does not say so is older than instances without permission sets.
      permissionSetsEnabled: described.PermissionSetsEnabled ?? true,
      additionalRegions: Object.fromEntries(
        additional.map(({ RegionName = "", Status = "ACTIVE" }) => [RegionName, Status]),
      ),
    };
  }

  /** Reads once nothing is being changed, by whomever: AWS makes one such change at a time. */
  async settled(): Promise<ActualSettings> {
    return this.until("no other change of the instance goes on", (actual) => !isChanging(actual));
  }

  async rename(name: string): Promise<void> {
    await this.updateInstance({ Name: name }, "its name was not changed");
    await this.until(`it is called ${name}`, (actual) => actual.name === name);
  }

  async enablePermissionSets(): Promise<void> {
    await this.updateInstance({ PermissionSetsEnabled: true }, "permission sets were not turned on");
    await this.until("permission sets are on", (actual) => actual.permissionSetsEnabled);
  }

  async useKey(kmsKeyArn: string): Promise<void> {
    const failed = `its key was not changed to ${kmsKeyArn}`;
    const EncryptionConfiguration = { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: kmsKeyArn } as const;
    await this.updateInstance({ EncryptionConfiguration }, failed);
    await this.until(`it is encrypted with ${kmsKeyArn}`, (actual) => {
      if (actual.encryptionStatus === "UPDATE_FAILED") {
        const reason = actual.encryptionStatusReason ?? "no reason";
        throw new Error(
          `Of ${this.instanceArn}, ${failed}. AWS said UPDATE_FAILED: ${reason}. It goes on with the key it had; ` +
            "look at the key's state and policy, then run the update again.",
        );
      }
      return actual.encryptionStatus === "ENABLED" && actual.kmsKeyArn === kmsKeyArn;
    });
  }

  /** Has AWS begin to add a Region that the instance does not have. */
  async addRegion(region: string): Promise<void> {
    const input = { InstanceArn: this.instanceArn, RegionName: region };
    await this.calling("sso:AddRegion", `Region ${region} was not added`, async () => {
      try {
        await this.client.send(new AddRegionCommand(input));
      } catch (error) {
        // Where only the answer was lost, the next attempt is told that there is a conflict, with this very change.
        const actual = await this.read().catch(() => undefined);
        if (actual?.additionalRegions[region] === undefined) {
          throw error;
        }
      }
    });
  }

  async regionIsActive(region: string): Promise<void> {
    let seen = false;
    await this.until(`Region ${region} is ACTIVE`, ({ additionalRegions }) => {
      const status = additionalRegions[region];
      if (seen && status === undefined) {
        throw new Error(
          `AWS gave up adding Region ${region} to ${this.instanceArn}. Run the update again to try anew.`,
        );
      }
      seen = status !== undefined;
      return status === "ACTIVE";
    });
  }

  async removeRegion(region: string): Promise<void> {
    const input = { InstanceArn: this.instanceArn, RegionName: region };
    await this.calling("sso:RemoveRegion", `Region ${region} was not removed`, async () => {
      try {
        await this.client.send(new RemoveRegionCommand(input));
      } catch (error) {
        if ((error as Error).name !== "ResourceNotFoundException") {
          throw error;
        }
      }
    });
    await this.until(`Region ${region} is gone`, ({ additionalRegions }) => additionalRegions[region] === undefined);
  }

  private async updateInstance(change: Omit<UpdateInstanceRequest, "InstanceArn">, failed: string): Promise<void> {
    await this.calling("sso:UpdateInstance", failed, () =>
      this.client.send(new UpdateInstanceCommand({ InstanceArn: this.instanceArn, ...change })),
    );
  }

  private async until(what: string, isSo: (actual: ActualSettings) => boolean): Promise<ActualSettings> {
    const found = await waitFor(async () => {
      const actual = await this.read();
      return isSo(actual) ? actual : undefined;
    }, this.patience);
    if (found === undefined) {
      throw new Error(
        `Waited ${this.patience.atMost / 1000} seconds for ${this.instanceArn} until ${what}. ` +
          "The change may still go on in AWS; run the update again, which goes on from there.",
      );
    }
    return found;
  }

  private async calling<T>(action: string, failed: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw instanceSettingsError(action, this.instanceArn, failed, error);
    }
  }
}

function isChanging({ encryptionStatus, additionalRegions }: ActualSettings): boolean {
  return encryptionStatus === "UPDATING" || Object.values(additionalRegions).some((status) => status !== "ACTIVE");
}
