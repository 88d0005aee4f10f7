import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../aws/connection";
import type { Preflight } from "./preflight";
import { Switch } from "./switch";
import type { OnDestroy } from "./switchProvider";

export interface IdentityAwareSessionsArgs {
  /** The organization instance of IAM Identity Center whose sessions are switched on. */
  instanceArn: pulumi.Input<string>;
  /** Where and as whom the verification reads the switch back. */
  connection: Connection;
  /** What destroying does: leave the sessions on ("keep") or try to delete the application behind them. */
  onDestroy: pulumi.Input<OnDestroy>;
  /** Whether Pulumi refuses to delete the switch. */
  protect: boolean;
  /** What `preflight` read. */
  preflight: Preflight;
}

/** Identity-aware console sessions of an organization: the switch, and its verification. */
export class IdentityAwareSessions extends pulumi.ComponentResource {
  /** The IAM Identity Center application that represents the AWS Management Console. */
  readonly applicationArn: pulumi.Output<string>;
  /** "Enabled", as the verification read it back. */
  readonly status: pulumi.Output<string>;
  /** Whether the sessions were on before this stack. */
  readonly adopted: pulumi.Output<boolean>;

  constructor(name: string, args: IdentityAwareSessionsArgs, options?: pulumi.ComponentResourceOptions) {
    super("identity-aware-sessions:index:IdentityAwareSessions", name, {}, options);
    const { instanceArn, onDestroy, protect } = args;
    const enabled = new Switch(`${name}-switch`, { instanceArn, onDestroy }, { parent: this, protect });
    this.announce(args, enabled);
    const verification = this.verification(name, args, enabled);
    this.applicationArn = enabled.applicationArn;
    this.status = pulumi.all([enabled.status, verification.stdout]).apply(([status]) => status);
    this.adopted = enabled.adopted;
    this.registerOutputs({ applicationArn: this.applicationArn, status: this.status, adopted: this.adopted });
  }

  /** At preview, what the switch will do is unknown to Pulumi where AWS has it on already. */
  private announce({ preflight: { applicationArn } }: IdentityAwareSessionsArgs, enabled: Switch): void {
    if (applicationArn !== undefined && pulumi.runtime.isDryRun()) {
      const text = `Identity-aware sessions are Enabled already, by ${applicationArn}. The stack keeps that application, and adopts it where it does not have it yet.`;
      void pulumi.log.info(text, enabled);
    }
  }

  /** Reads the switch back by itself, whenever the application or the instance is another one. */
  private verification(name: string, args: IdentityAwareSessionsArgs, enabled: Switch): command.local.Command {
    const { instanceArn, connection, preflight } = args;
    const { region, profile } = connection;
    const read = pulumi.interpolate`node --require ./register-swc.js tools/verifySwitch.ts --instance ${instanceArn} --region ${region}`;
    // The application that is there is a plain value, known at preview also when the switch itself is going to be updated.
    const applicationArn = preflight.applicationArn ?? enabled.applicationArn;
    return new command.local.Command(
      `${name}-verification`,
      {
        create: profile === undefined ? read : pulumi.interpolate`${read} --profile ${profile}`,
        triggers: [applicationArn, instanceArn],
      },
      { parent: this, dependsOn: enabled },
    );
  }
}
