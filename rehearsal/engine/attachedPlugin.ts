/** A plugin that the engine speaks to: a process of its own, or one that runs anyway. */
export interface Plugin {
  /** Host and port. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * The plugin of a package that runs already and is only spoken to, as Pulumi's engine takes it from PULUMI_DEBUG_PROVIDERS:
 * `aws:1234,command:1235`, packages with ports (pulumi/pulumi, docs of 'Providers and languages', debugging). It goes on afterwards.
 *
 * @returns undefined for a package that is not among them.
 * @throws Error when the variable is of another form.
 */
export function attachedPlugin(packageName: string, environment: NodeJS.ProcessEnv): Plugin | undefined {
  const variable = environment["PULUMI_DEBUG_PROVIDERS"] ?? "";
  const entries = variable.split(",").filter((each) => each !== "");
  const ports = entries.map((entry) => {
    const [, name, port] = /^([^:]+):(\d{1,5})$/.exec(entry) ?? [];
    if (port === undefined || Number(port) < 1 || Number(port) > 65_535) {
      throw new Error(
        `PULUMI_DEBUG_PROVIDERS has "${entry}"; allowed are packages with ports, for example aws:1234,command:1235`,
      );
    }
    return { name, port };
  });
  const port = ports.find(({ name }) => name === packageName)?.port;
  return port === undefined ? undefined : { address: `127.0.0.1:${port}`, stop: () => Promise.resolve() };
}
