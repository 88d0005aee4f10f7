import { partition } from "@aws-sdk/core/client";
import type { dynamic } from "@pulumi/pulumi";
import { loadSharedConfigFiles } from "@smithy/core/config";
import { type Problem, refusalText, refuseAny } from "../problem";
import { safetyFrom } from "../safety";
import { type Connection, connectionFrom } from "./connection";

/** Where calls are to go instead of to AWS, and what says so. */
interface Override {
  readonly source: string;
  readonly url: string;
}

const title = "AWS's calls would go elsewhere";

/**
 * Checks where the environment and the profile send AWS's calls (AWS_ENDPOINT_URL and its forms for one service, endpoint_url): to
 * AWS itself, by whatever name, or to this machine. Signed requests for a whole organization are not for anybody else.
 *
 * @param allowed hosts that the configuration allows beside those.
 * @throws RunError that names every other one; nothing has been called by then.
 */
export async function checkEndpoints(connection: Connection, allowed: readonly string[]): Promise<void> {
  refuseAny(title, await endpointProblems(connection, allowed));
}

/**
 * The connection of a dynamic provider, checked in the same way: a refresh and a destroy run no program that has seen to it.
 * Providers keep the promise itself, because Pulumi asks a provider for more while it still waits for `configure`.
 *
 * @throws Error without a stack, which Pulumi's provider process would print beside the message.
 */
export async function checkedConnection(config: dynamic.Config): Promise<Connection> {
  const connection = connectionFrom(config);
  const problems = await endpointProblems(connection, safetyFrom(config).endpoints);
  if (problems.length > 0) {
    throw Object.assign(new Error(refusalText(title, problems)), { stack: "" });
  }
  return connection;
}

/** The same as problems. */
export async function endpointProblems(connection: Connection, allowed: readonly string[]): Promise<Problem[]> {
  const overrides = [...ofEnvironment(), ...(await ofProfile(connection))];
  return overrides.flatMap(({ source, url }): Problem[] => {
    const host = hostOf(url);
    return host !== undefined && isOurs(url, host, connection, allowed)
      ? []
      : [
          {
            path: source,
            found:
              host === undefined
                ? `"${url}", which is no URL`
                : `${url.startsWith("https:") ? "" : "http to "}${host}, which is neither AWS nor this machine`,
            allowed:
              "https to the endpoints of AWS's services (interface VPC endpoints are among them), this machine, and hosts in identity-aware-sessions:safety.endpoints",
            toDo:
              host === undefined
                ? "correct it, or remove it"
                : `remove it, or, if AWS's calls are to go there, run \`pulumi config set --path 'identity-aware-sessions:safety.endpoints[0]' ${host}\``,
          },
        ];
  });
}

function ofEnvironment(): Override[] {
  const isIgnored = process.env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true";
  return Object.entries(process.env).flatMap(([name, url = ""]) =>
    !isIgnored && /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$/.test(name) && url !== "" ? [{ source: name, url }] : [],
  );
}

/** The profile's own, and those of the section of services that it names; which a profile has under "services NAME". */
async function ofProfile({ profile = process.env["AWS_PROFILE"] ?? "default" }: Connection): Promise<Override[]> {
  const { configFile } = await loadSharedConfigFiles();
  const settings = configFile[profile] ?? {};
  const services = settings["services"] === undefined ? {} : (configFile[`services.${settings["services"]}`] ?? {});
  return Object.entries({ ...settings, ...services }).flatMap(([name, url]) =>
    /(^|\.)endpoint_url$/.test(name) && url !== undefined ? [{ source: `${name} of profile ${profile}`, url }] : [],
  );
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/**
 * Under AWS's suffixes there are also hosts that everybody can rent (of EC2, load balancers, API Gateway, S3 websites, endpoint services),
 * so only what is called as the endpoints of AWS's own services are counts: SERVICE.REGION, SERVICE, and interface VPC endpoints.
 */
function isOurs(url: string, host: string, { region }: Connection, allowed: readonly string[]): boolean {
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host) || allowed.includes(host)) {
    return true;
  }
  const service = "(portal\\.)?(?!vpce-svc-)[a-z0-9-]+";
  const inRegion = "\\.([a-z]+(-[a-z]+)+-[0-9]+|us-gov)";
  const endpoint = new RegExp(`^(${service}(${inRegion})?|vpce-[a-z0-9-]+\\.${service}${inRegion}\\.vpce)$`);
  const { dnsSuffix, dualStackDnsSuffix } = partition(region);
  return [dnsSuffix, dualStackDnsSuffix].some(
    (suffix) =>
      url.startsWith("https:") &&
      host.endsWith(`.${suffix}`) &&
      endpoint.test(host.slice(0, host.length - suffix.length - 1)),
  );
}
