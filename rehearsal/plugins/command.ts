import { version } from "@pulumi/command/package.json";
import { localCommand } from "./command/localCommand";
import type { PropertyMap } from "./propertyValues";
import type { CheckResult, DiffResult, ProviderPlugin } from "./providerPlugin";
import { serveProvider } from "./providerServer";

/** Stands in for @pulumi/command, which has no configuration. */
export class CommandPlugin implements ProviderPlugin {
  readonly name = "command";
  readonly version = version;
  readonly features = { acceptSecrets: true, acceptResources: true, supportsAutonaming: false };
  readonly functions = {};
  readonly resources = { "command:local:Command": localCommand };

  checkConfig(news: PropertyMap): Promise<CheckResult> {
    return Promise.resolve({ inputs: news });
  }

  diffConfig(): DiffResult {
    return { changes: "unknown" };
  }

  configure(): Promise<void> {
    return Promise.resolve();
  }
}

if (require.main === module) {
  void serveProvider(new CommandPlugin());
}
