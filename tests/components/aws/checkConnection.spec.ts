import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { checkConnection } from "../../../components/aws/checkConnection";

const region = "us-east-1";

describe("checkConnection", () => {
  const environment = process.env;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "profiles-"));
    const [config, credentials] = [join(folder, "config"), join(folder, "credentials")];
    writeFileSync(config, "[profile management]\nregion = us-east-1\n");
    writeFileSync(credentials, "[deployer]\naws_access_key_id = a\naws_secret_access_key = b\n");
    process.env = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  });
  afterEach(() => {
    process.env = environment;
    rmSync(folder, { recursive: true });
  });

  it("takes a profile of either file, and none", async () => {
    await checkConnection({ region, profile: "management" }, []);
    await checkConnection({ region, profile: "deployer" }, []);
    await checkConnection({ region }, []);
  });

  const refusal = (profile: string, toDo: string) =>
    "The stack's profile was not found: 1 problem. Nothing was changed.\n\n" +
    "aws:profile\n" +
    `  found:   ${profile}, which the AWS configuration files of this machine do not have\n` +
    "  allowed: a profile of these files, or no profile where the environment has the credentials\n" +
    `  to do:   ${toDo}\n`;

  it("refuses a profile that there is not, with the near ones", async () => {
    await assert.rejects(checkConnection({ region, profile: "constructor" }, []), /found: {3}constructor, which/);
    await assert.rejects(checkConnection({ region, profile: "managment" }, []), {
      message: refusal("managment", "write management"),
    });
    process.env = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
    await assert.rejects(checkConnection({ region, profile: "management" }, []), {
      message: refusal("management", "add it (`aws configure sso --profile management`), correct it, or remove it"),
    });
  });

  it("tells it together with endpoints that are not AWS's", async () => {
    process.env["AWS_ENDPOINT_URL"] = "https://aws.example.com";
    await assert.rejects(
      checkConnection({ region, profile: "other" }, []),
      /^Error: The stack's profile was not found: [^]*\n\nAWS's calls would go elsewhere: /,
    );
  });
});
