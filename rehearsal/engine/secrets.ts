import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

const saltBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const iterations = 1_000_000;
const keyBytes = 32;
/** Encrypted along with the salt, to tell a wrong passphrase from damaged data. */
const probe = "pulumi";

/**
 * Secrets of a stack's state under a passphrase, in the form of Pulumi's own passphrase provider, so that the state can be
 * taken there: AES-256-GCM under a key that PBKDF2 makes of passphrase and salt, as `v1:NONCE:CIPHERTEXT` (pulumi/pulumi,
 * sdk/go/common/resource/config/crypt.go and pkg/secrets/passphrase).
 */
export class Secrets {
  private constructor(
    /** What the state keeps to check a passphrase: `v1:SALT:v1:NONCE:CIPHERTEXT`. */
    readonly salt: string,
    private readonly key: Buffer,
  ) {}

  static create(passphrase: string): Secrets {
    const salt = randomBytes(saltBytes);
    const key = deriveKey(passphrase, salt);
    return new Secrets(`v1:${salt.toString("base64")}:${encrypt(key, probe)}`, key);
  }

  /** @throws Error when the passphrase is another one. */
  static open(passphrase: string, salt: string): Secrets {
    const [, encoded = "", ...message] = salt.split(":");
    const key = deriveKey(passphrase, Buffer.from(encoded, "base64"));
    try {
      decrypt(key, message.join(":"));
    } catch {
      throw new Error("incorrect passphrase: set PULUMI_CONFIG_PASSPHRASE to the one that the state was written with");
    }
    return new Secrets(salt, key);
  }

  encrypt(text: string): string {
    return encrypt(this.key, text);
  }

  decrypt(message: string): string {
    return decrypt(this.key, message);
  }
}

/** What was derived in this process: it takes a tenth of a second, and one operation after the other opens the same state. */
const keys = new Map<string, Buffer>();

function deriveKey(passphrase: string, salt: Buffer): Buffer {
  const name = JSON.stringify([passphrase, salt.toString("base64")]);
  const key = keys.get(name) ?? pbkdf2Sync(passphrase, salt, iterations, keyBytes, "sha256");
  keys.set(name, key);
  return key;
}

function encrypt(key: Buffer, text: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const message = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${message.toString("base64")}`;
}

function decrypt(key: Buffer, message: string): string {
  const [version, nonce = "", encoded = ""] = message.split(":");
  if (version !== "v1") {
    throw new Error(`unknown form of ciphertext: ${String(version)}`);
  }
  const bytes = Buffer.from(encoded, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString("utf8");
}
