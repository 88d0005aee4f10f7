import {
  createDefaultUserAgentProvider,
  getHostHeaderPlugin,
  getUserAgentPlugin,
  resolveHostHeaderConfig,
  resolveUserAgentConfig,
} from "@aws-sdk/core/client";
import { AwsSdkSigV4Signer, resolveAwsSdkSigV4Config } from "@aws-sdk/core/httpAuthSchemes";
import { AwsJson1_0Protocol } from "@aws-sdk/core/protocols";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import {
  DefaultIdentityProviderConfig,
  getHttpAuthSchemeEndpointRuleSetPlugin,
  getHttpSigningPlugin,
} from "@smithy/core";
import { Sha256 } from "@smithy/core/checksum";
import { Client, makeBuilder } from "@smithy/core/client";
import { resolveRegionConfig } from "@smithy/core/config";
import { getEndpointPlugin, resolveEndpointConfig } from "@smithy/core/endpoints";
import { getContentLengthPlugin, parseUrl } from "@smithy/core/protocols";
import { getRetryPlugin, resolveRetryConfig } from "@smithy/core/retry";
import { getSchemaSerdePlugin } from "@smithy/core/schema";
import { calculateBodyLength, fromBase64, fromUtf8, toBase64, toUtf8 } from "@smithy/core/serde";
import { NodeHttpHandler, streamCollector } from "@smithy/node-http-handler";
import type {
  HttpAuthOption,
  HttpAuthSchemeParameters,
  HttpHandlerOptions,
  HttpResponse,
  IdentityProviderConfig,
} from "@smithy/types";
import type { Readable } from "node:stream";
import { clientConfiguration, type Connection } from "../aws/connection";
import { signInEndpoint } from "./signInEndpoint";
import { undocumented } from "./undocumented";
import {
  apiVersion,
  type CreateApplicationInput,
  type CreateApplicationOutput,
  type ListApplicationsInput,
  type ListApplicationsOutput,
  namespace,
  operationSchema,
  serviceTarget,
  type SignInOperation,
} from "./signInOperations";

type Input = CreateApplicationInput | ListApplicationsInput;
type Output = CreateApplicationOutput | ListApplicationsOutput;
type Configuration = ReturnType<typeof resolveConfiguration>;

/**
 * The two operations of the AWS Sign-In control plane behind "Enable identity-aware sessions", which no published AWS SDK
 * has: protocol awsJson1_0, put together from the parts that the SDK's generated clients are made of.
 *
 * A failure is the SDK's: `name` says which exception (AccessDeniedException, InternalServerException, ThrottlingException,
 * ValidationException, SetupFailedException; the last one has a `reason`). Throttling and server errors are tried again.
 */
export class SignInClient {
  private readonly client: Client<HttpHandlerOptions, Input, Output, Configuration>;

  constructor(connection: Connection) {
    const config = resolveConfiguration(connection);
    this.client = new Client(config);
    const { middlewareStack } = this.client;
    const plugins: { applyToStack: (stack: typeof middlewareStack) => void }[] = [
      getSchemaSerdePlugin(config),
      getUserAgentPlugin(config),
      getRetryPlugin(config),
      getContentLengthPlugin(config),
      getHostHeaderPlugin(config),
      getHttpAuthSchemeEndpointRuleSetPlugin(config, {
        httpAuthSchemeParametersProvider: async () => ({ region: await config.region() }),
        identityProviderConfigProvider: ({ credentials }) =>
          Promise.resolve(new DefaultIdentityProviderConfig({ "aws.auth#sigv4": credentials })),
      }),
      getHttpSigningPlugin(config),
    ];
    for (const plugin of plugins) {
      plugin.applyToStack(middlewareStack);
    }
    middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        await requireDocumented(result.response as HttpResponse);
        return result;
      },
      { step: "deserialize", priority: "low" }, // before the answer is read
    );
  }

  /** Makes the application that switches the sessions on. */
  createTrustedIdentityPropagationApplicationForConsole(
    input: CreateApplicationInput,
  ): Promise<CreateApplicationOutput> {
    return this.send("CreateTrustedIdentityPropagationApplicationForConsole", input);
  }

  /** The application that switches the sessions on, if there is one. */
  listTrustedIdentityPropagationApplicationsForConsole(input: ListApplicationsInput): Promise<ListApplicationsOutput> {
    return this.send("ListTrustedIdentityPropagationApplicationsForConsole", input);
  }

  private send<O extends Output>(operation: SignInOperation, input: Input): Promise<O> {
    const endpointParameters = {
      Region: { type: "builtInParams", name: "region" },
      Endpoint: { type: "builtInParams", name: "endpoint" },
    } as const;
    const command = makeBuilder<Configuration, Input, Output>(
      endpointParameters,
      serviceTarget,
      "SignInClient",
      getEndpointPlugin,
    );
    const Command = command<Input, O>({}, () => [], operation, operationSchema(operation));
    return this.client.send(new Command(input));
  }
}

/**
 * The SDK takes whatever a success has for an answer without members: a proxy's page of HTML, an empty body, a list. Here it would
 * mean that the sessions are off.
 *
 * @throws an error, see `undocumented`, unless it is a JSON object of protocol awsJson1_0.
 */
async function requireDocumented(response: HttpResponse): Promise<void> {
  if (response.statusCode >= 300) {
    return; // The SDK makes an error of it.
  }
  const type = response.headers["content-type"] ?? "nothing";
  if (!/^application\/x-amz-json-1\.0(;|$)/.test(type)) {
    throw undocumented(`content of type ${type}`, "application/x-amz-json-1.0");
  }
  const body = await streamCollector(response.body as Readable);
  response.body = body;
  const text = toUtf8(body).trim();
  // What begins so and is cut off the SDK refuses.
  if (!text.startsWith("{")) {
    throw undocumented(text === "" ? "nothing" : `"${text.slice(0, 40)}"`, "an object");
  }
}

/** The parts of the SDK, chosen as its generated clients choose them. */
function resolveConfiguration(connection: Connection) {
  const serviceId = "Signin"; // of the SDK's own sign-in client, so that AWS_ENDPOINT_URL_SIGNIN means the same here
  const schemeId = "aws.auth#sigv4";
  const withUserAgent = resolveUserAgentConfig({
    ...clientConfiguration(connection),
    apiVersion,
    serviceId,
    defaultSigningName: "signin",
    runtime: "node",
    retryMode: "standard",
    disableHostPrefix: false,
    endpointProvider: signInEndpoint,
    credentialDefaultProvider: defaultProvider,
    defaultUserAgentProvider: createDefaultUserAgentProvider({ serviceId, clientVersion: apiVersion }),
    httpAuthSchemeProvider: ({ region }: HttpAuthSchemeParameters & { region?: string }): HttpAuthOption[] => [
      {
        schemeId,
        signingProperties: { name: "signin", region },
        propertiesExtractor: (config, context) => ({ signingProperties: { config, context } }),
      },
    ],
    httpAuthSchemes: [
      {
        schemeId,
        identityProvider: (identities: IdentityProviderConfig) => identities.getIdentityProvider(schemeId),
        signer: new AwsSdkSigV4Signer(),
      },
    ],
    protocol: new AwsJson1_0Protocol({ defaultNamespace: namespace, serviceTarget, errorTypeRegistries: [] }),
    requestHandler: new NodeHttpHandler(),
    sha256: Sha256,
    urlParser: parseUrl,
    bodyLengthChecker: calculateBodyLength,
    streamCollector,
    base64Decoder: fromBase64,
    base64Encoder: toBase64,
    utf8Decoder: fromUtf8,
    utf8Encoder: toUtf8,
  });
  const withRegion = resolveRegionConfig(resolveRetryConfig(withUserAgent));
  const withEndpoint = resolveEndpointConfig(resolveHostHeaderConfig(withRegion));
  return resolveAwsSdkSigV4Config(withEndpoint);
}
