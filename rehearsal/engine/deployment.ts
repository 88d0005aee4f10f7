import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import {
  isSecret,
  mapValues,
  type PropertyMap,
  type PropertyValue,
  secretSignature,
  signatureKey,
} from "./propertyValues";
import type { PendingOperation, ResourceState } from "./resourceState";
import { Secrets } from "./secrets";

export type { ResourceState };

/** A stack's state in the form of `pulumi stack export`, version 3, which `pulumi stack import` takes. */
export interface Deployment {
  version: 3;
  deployment: {
    manifest: { time: string; magic: string; version: string };
    secrets_providers?: { type: "passphrase"; state: { salt: string } };
    resources: ResourceState[];
    pending_operations?: PendingOperation[];
  };
}

// Only what the engine relies on is checked; the rest of a resource is passed through as it lies there.
const deploymentSchema = z.object({
  version: z.literal(3),
  deployment: z.object({
    secrets_providers: z.object({ type: z.literal("passphrase"), state: z.object({ salt: z.string() }) }).optional(),
    resources: z
      .array(
        z.looseObject({
          urn: z.string(),
          type: z.string(),
          custom: z.boolean(),
          id: z.string().optional(),
          parent: z.string().optional(),
          provider: z.string().optional(),
          dependencies: z.array(z.string()).nullish(),
          // `pulumi stack export` leaves empty maps out.
          inputs: z.record(z.string(), z.unknown()).default({}),
          outputs: z.record(z.string(), z.unknown()).default({}),
        }),
      )
      .nullish(),
    pending_operations: z
      .array(z.looseObject({ resource: z.looseObject({ urn: z.string() }), type: z.string() }))
      .nullish(),
  }),
});

const engineVersion = "v3.270.0";

/** Where a stack's state lies: one file, replaced as a whole, so that a reader never meets half of it. */
export class StateFile {
  private secrets: Secrets | undefined;

  /**
   * @param passphrase encrypts the state's secrets; it takes a moment to become a key, so only when there are any.
   * @param beforeSave is called before every write.
   */
  constructor(
    private readonly path: string,
    private readonly passphrase: string,
    private readonly beforeSave?: () => void,
  ) {}

  /** @throws Error when the file holds anything but a version 3 deployment, or secrets under another passphrase. */
  load(): { resources: ResourceState[]; pendingOperations: PendingOperation[] } {
    let text: string;
    try {
      text = readFileSync(this.path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        return { resources: [], pendingOperations: [] };
      }
      throw error;
    }
    const parsed = deploymentSchema.safeParse(JSON.parse(text));
    if (!parsed.success) {
      throw new Error(`${this.path} is not a Pulumi deployment of version 3: ${z.prettifyError(parsed.error)}`);
    }
    const { resources, pending_operations, secrets_providers } = parsed.data.deployment;
    if (secrets_providers !== undefined) {
      this.secrets = Secrets.open(this.passphrase, secrets_providers.state.salt);
    }
    return {
      resources: ((resources ?? []) as unknown as ResourceState[]).map((resource) => this.decrypted(resource)),
      pendingOperations: ((pending_operations ?? []) as unknown as PendingOperation[]).map(({ type, resource }) => ({
        type,
        resource: this.decrypted(resource),
      })),
    };
  }

  save(resources: readonly ResourceState[], pendingOperations: readonly PendingOperation[]): void {
    this.beforeSave?.();
    const encrypted = resources.map((resource) => this.encrypted(resource));
    const pending = pendingOperations.map(({ type, resource }) => ({ type, resource: this.encrypted(resource) }));
    const deployment: Deployment = {
      version: 3,
      deployment: {
        manifest: {
          time: new Date().toISOString(),
          magic: createHash("sha256").update(engineVersion).digest("hex"),
          version: engineVersion,
        },
        ...(this.secrets !== undefined && {
          secrets_providers: { type: "passphrase", state: { salt: this.secrets.salt } },
        }),
        resources: encrypted,
        ...(pending.length > 0 && { pending_operations: pending }),
      },
    };
    mkdirSync(dirname(this.path), { recursive: true });
    const next = `${this.path}.next`;
    writeFileSync(next, `${JSON.stringify(deployment, undefined, 2)}\n`);
    renameSync(next, this.path);
  }

  private encrypted(resource: ResourceState): ResourceState {
    return withProperties(resource, (value) => {
      if (!isSecret(value)) {
        return undefined;
      }
      this.secrets ??= Secrets.create(this.passphrase);
      return { [signatureKey]: secretSignature, ciphertext: this.secrets.encrypt(JSON.stringify(value.value)) };
    });
  }

  private decrypted(resource: ResourceState): ResourceState {
    return withProperties(resource, (value) => {
      if (!isSecret(value)) {
        return undefined;
      }
      const { ciphertext } = value as unknown as { ciphertext: string };
      if (this.secrets === undefined) {
        throw new Error(`${this.path} holds secrets, but does not say how they are encrypted`);
      }
      const plaintext = JSON.parse(this.secrets.decrypt(ciphertext)) as PropertyValue;
      return { [signatureKey]: secretSignature, value: plaintext };
    });
  }
}

function withProperties(
  resource: ResourceState,
  replace: (value: PropertyValue) => PropertyValue | undefined,
): ResourceState {
  const { inputs = {}, outputs = {}, replacementTrigger: trigger } = resource as Partial<ResourceState>;
  return {
    ...resource,
    ...(trigger !== undefined && { replacementTrigger: mapValues(trigger, replace) }),
    inputs: mapValues(inputs, replace) as PropertyMap,
    outputs: mapValues(outputs, replace) as PropertyMap,
  };
}
