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
  /** What `preflight` found, with the mode: only "manage" makes the switch, otherwise there are outputs alone. */
  preflight: Preflight;
  /** Reads the switch once more when the update is through; the ARN of its application, or undefined when it is off. */
  readBack: () => Promise<string | undefined>;
  /** Those who are given the permissions to switch the sessions on, which happens before that. Default: nobody. */
  enablers?: pulumi.Resource | undefined;
}

/** Identity-aware console sessions of an organization: the switch, and its verification. */
export class IdentityAwareSessions extends pulumi.ComponentResource {
  /** The IAM Identity Center application that represents the AWS Management Console; undefined when the stack ignores it. */
  readonly applicationArn: pulumi.Output<string | undefined>;
  /** "Enabled" or "Disabled", as AWS says at the end of the update (at preview: now); or "Ignored". */
  readonly status: pulumi.Output<string>;
  /** Whether the sessions were on before this stack; undefined when it does not manage them. */
  readonly adopted: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: IdentityAwareSessionsArgs, options?: pulumi.ComponentResourceOptions) {
    super("identity-aware-sessions:index:IdentityAwareSessions", name, {}, options);
    const { mode, applicationArn } = args.preflight;
    if (mode === "manage") {
      const enabled = this.switchOn(name, args);
      const verification = this.verification(name, args, enabled);
      this.applicationArn = enabled.applicationArn;
      // After the verification, which waits for the switch.
      this.status = pulumi
        .all([enabled.applicationArn, verification.stdout])
        .apply(([recorded]) => this.readStatus(recorded, args, enabled));
      this.adopted = enabled.adopted;
    } else {
      this.applicationArn = pulumi.output(applicationArn);
      this.status = pulumi.output(mode === "require" ? "Enabled" : "Ignored");
      this.adopted = pulumi.output(undefined);
    }
    this.registerOutputs({ applicationArn: this.applicationArn, status: this.status, adopted: this.adopted });
  }

  /** The state alone would go on saying Enabled after somebody has switched the sessions off. */
  private async readStatus(recorded: string, args: IdentityAwareSessionsArgs, enabled: Switch): Promise<string> {
    const listed = pulumi.runtime.isDryRun() ? args.preflight.applicationArn : await args.readBack();
    if (listed !== recorded) {
      const found = listed === undefined ? "identity-aware sessions are off" : `AWS lists ${listed}`;
      const text = `The stack has ${recorded} on record, but ${found}. Run \`pulumi refresh\`, then \`pulumi up\`.`;
      void pulumi.log.warn(text, enabled);
    }
    return listed === undefined ? "Disabled" : "Enabled";
  }

  private switchOn(name: string, args: IdentityAwareSessionsArgs): Switch {
    const { instanceArn, onDestroy, protect, enablers } = args;
    const dependsOn = enablers === undefined ? [] : [enablers];
    const enabled = new Switch(`${name}-switch`, { instanceArn, onDestroy }, { parent: this, protect, dependsOn });
    this.announce(args, enabled);
    return enabled;
  }

  /** Says at preview what Pulumi cannot know: that AWS has the switch on already, and what could not be checked. */
  private announce({ preflight: { applicationArn, warnings } }: IdentityAwareSessionsArgs, enabled: Switch): void {
    if (!pulumi.runtime.isDryRun()) {
      return;
    }
    for (const warning of warnings) {
      void pulumi.log.warn(warning, enabled);
    }
    if (applicationArn !== undefined) {
      const text = `Identity-aware sessions are Enabled already, by ${applicationArn}. The stack keeps that application, and adopts it where it does not have it yet.`;
      void pulumi.log.info(text, enabled);
    }
  }

  /** Reads the switch back by itself, whenever the application or the instance is another one. */
  private verification(name: string, args: IdentityAwareSessionsArgs, enabled: Switch): command.local.Command {
    const { instanceArn, connection, preflight } = args;
    const externalId = connection.assumeRole?.externalId;
    const read = pulumi.interpolate`node --require ./register-swc.js tools/verifySwitch.ts --instance ${instanceArn}`;
    // The application that is there is a plain value, known at preview also when the switch itself is going to be updated.
    const applicationArn = preflight.applicationArn ?? enabled.applicationArn;
    return new command.local.Command(
      `${name}-verification`,
      {
        create: pulumi.interpolate`${read} ${connectionOptions(connection)}`,
        triggers: [applicationArn, instanceArn],
        // Not in the command, which Pulumi shows and stores as it is.
        ...(externalId !== undefined && { environment: { EXTERNAL_ID: pulumi.secret(externalId) } }),
      },
      { parent: this, dependsOn: enabled },
    );
  }
}

/** A connection as options of tools/verifySwitch.ts, but for the external id. */
function connectionOptions({ region, profile, assumeRole }: Connection): string {
  const options = {
    region,
    profile,
    "role-arn": assumeRole?.roleArn,
    "role-session-name": assumeRole?.sessionName,
  };
  return Object.entries(options)
    .flatMap(([option, value]) => (value === undefined ? [] : [`--${option} ${quoted(value)}`]))
    .join(" ");
}

/** A word of a shell command; only a profile's name may hold anything that a shell would take for something else. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
