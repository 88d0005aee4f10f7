import type { dynamic } from "@pulumi/pulumi";
import { checkedConnection } from "../aws/checkEndpoints";
import type { Connection } from "../aws/connection";
import type { Patience } from "../aws/waitFor";
import { withoutStack } from "../withoutStack";
import { ConsoleApplication, type Enabled } from "./consoleApplication";

/** What happens to the application when the resource is destroyed. */
export type OnDestroy = "keep" | "deleteApplication";

export interface SwitchInputs {
  readonly instanceArn: string;
  readonly onDestroy: OnDestroy;
}

export interface SwitchOutputs extends SwitchInputs {
  readonly applicationArn: string;
  /** "Enabled" once List has shown the application. */
  readonly status: "Enabled" | "Enabling";
  readonly adopted: boolean;
}

/**
 * The switch "Enable identity-aware sessions" of one instance as a resource, identified by the instance's ARN. A thin shell:
 * what it does lies in ConsoleApplication. It has no `diff`, so the engine compares inputs.
 */
export class SwitchProvider implements dynamic.ResourceProvider<SwitchInputs, SwitchOutputs> {
  private connection?: Promise<Connection>;
  private readonly patience: Patience;

  constructor(patience: Patience = { firstPause: 500, longestPause: 5_000, atMost: 120_000 }) {
    this.patience = patience;
  }

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.connection = checkedConnection(config);
    await this.connection;
  }

  async create(inputs: SwitchInputs): Promise<dynamic.CreateResult<SwitchOutputs>> {
    const outs = this.outputs(inputs, await (await this.application()).enable(inputs.instanceArn));
    return { id: inputs.instanceArn, outs };
  }

  async read(id: string, props?: SwitchOutputs): Promise<dynamic.ReadResult> {
    const applicationArn = await withoutStack(async () => (await this.application()).find(id));
    if (applicationArn === undefined) {
      return {}; // switched off behind Pulumi's back
    }
    const inputs = { instanceArn: id, onDestroy: props?.onDestroy };
    const adopted = props?.applicationArn === applicationArn ? props.adopted : true;
    return { id, inputs, props: { ...inputs, applicationArn, status: "Enabled", adopted } };
  }

  async update(_id: string, olds: SwitchOutputs, news: SwitchInputs): Promise<dynamic.UpdateResult<SwitchOutputs>> {
    const enabled = await (await this.application()).enable(news.instanceArn);
    const isTheSame = enabled.applicationArn === olds.applicationArn;
    return { outs: this.outputs(news, { ...enabled, adopted: isTheSame ? olds.adopted : enabled.adopted }) };
  }

  async delete(id: string, props: SwitchOutputs): Promise<void> {
    if (props.onDestroy === "deleteApplication") {
      await withoutStack(async () => (await this.application()).delete(id));
    }
  }

  private async application(): Promise<ConsoleApplication> {
    if (this.connection === undefined) {
      throw new Error("The provider of the switch was not configured.");
    }
    return new ConsoleApplication(await this.connection, this.patience);
  }

  /** @throws an object that Pulumi records as created but not ready, when AWS has not listed the application in time. */
  private outputs(inputs: SwitchInputs, { applicationArn, adopted, listed }: Enabled): SwitchOutputs {
    if (listed) {
      return {
        instanceArn: inputs.instanceArn,
        onDestroy: inputs.onDestroy,
        applicationArn,
        status: "Enabled",
        adopted,
      };
    }
    const reason =
      `AWS made application ${applicationArn} but did not list it within ${this.patience.atMost / 1000} seconds. ` +
      "The next update looks again.";
    // All of the inputs, for they say where the provider's code lies (__provider): without it the resource could not be read again.
    const properties = { ...inputs, applicationArn, status: "Enabling", adopted };
    throw Object.assign(new Error(reason), { id: inputs.instanceArn, properties, reasons: [reason] });
  }
}
