import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import * as policyProxy from "@pulumi/policy/proxy";

/** What stands for a string that a preview does not know; @pulumi/policy leaves it out of its type declarations. */
export const unknownString = (policyProxy as unknown as { unknownStringValue: string }).unknownStringValue;

/** A resource as the engine shows it to a policy pack; `name` defaults to "example". */
export interface AnalyzedResource {
  type: string;
  name?: string;
  props?: Record<string, JavaScriptValue>;
  provider?: AnalyzedResource;
}

/** A policy pack in the process that Pulumi runs it in, spoken to as Pulumi's engine does. */
export interface AnalyzerProcess {
  info(): Promise<messages.AnalyzerInfo>;
  /** Sends a policy's configuration, which stays in force; a mandatory policy without properties by default. */
  configure(policy: string, properties?: Record<string, JavaScriptValue>): Promise<void>;
  /** The diagnostics of the resource policies. */
  analyze(resource: AnalyzedResource): Promise<messages.AnalyzeDiagnostic.AsObject[]>;
  /** The diagnostics of the stack policies. */
  analyzeStack(resources: readonly AnalyzedResource[]): Promise<messages.AnalyzeDiagnostic.AsObject[]>;
  close(): Promise<void>;
}

/**
 * Starts the policy pack in `folder` with just `environment` around it.
 * @throws with what the process printed when it ends before it serves.
 */
export async function startAnalyzer(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<AnalyzerProcess> {
  if (!existsSync(path.join(folder, "dist/index.js"))) {
    throw new Error(`The policy pack in ${folder} has no dist/index.js: compile it by npm run build`);
  }
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  // The pack makes no calls to the engine, so that nothing needs to answer at the engine's address.
  const child = spawn(process.execPath, [runner, "127.0.0.1:0", folder], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = once(child, "exit");
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const port = await Promise.race([
    once(createInterface(child.stdout), "line").then(([line]) => String(line)),
    exit.then(([code]) => {
      throw new Error(`The policy pack in ${folder} ended with exit code ${String(code)}:\n${printed}`);
    }),
  ]);
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());

  return {
    info: () => call<messages.AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done)),
    configure: async (policy, properties = {}) => {
      const configuration = new messages.PolicyConfig();
      configuration.setEnforcementlevel(messages.EnforcementLevel.MANDATORY);
      configuration.setProperties(Struct.fromJavaScript(properties));
      const request = new messages.ConfigureAnalyzerRequest();
      request.getPolicyconfigMap().set(policy, configuration);
      await call<Empty>((done) => client.configure(request, done));
    },
    analyze: async (resource) => {
      const request = fill(new messages.AnalyzeRequest(), resource);
      const response = await call<messages.AnalyzeResponse>((done) => client.analyze(request, done));
      return response.toObject().diagnosticsList;
    },
    analyzeStack: async (resources) => {
      const request = new messages.AnalyzeStackRequest();
      request.setResourcesList(resources.map((resource) => fill(new messages.AnalyzerResource(), resource)));
      const response = await call<messages.AnalyzeResponse>((done) => client.analyzeStack(request, done));
      return response.toObject().diagnosticsList;
    },
    close: async () => {
      client.close();
      child.kill();
      await exit;
    },
  };
}

function call<Response>(
  start: (done: (error: grpc.ServiceError | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    start((error, response) => {
      if (error) {
        reject(error);
      } else {
        resolve(response);
      }
    });
  });
}

function fill<Message extends messages.AnalyzeRequest | messages.AnalyzerResource>(
  message: Message,
  { provider, ...resource }: AnalyzedResource,
): Message {
  identify(message, resource);
  message.setOptions(new messages.AnalyzerResourceOptions());
  if (provider) {
    message.setProvider(identify(new messages.AnalyzerProviderResource(), provider));
  }
  return message;
}

function identify<
  Message extends messages.AnalyzeRequest | messages.AnalyzerResource | messages.AnalyzerProviderResource,
>(message: Message, { type, name = "example", props = {} }: AnalyzedResource): Message {
  message.setType(type);
  message.setName(name);
  message.setUrn(`urn:pulumi:dev::project::${type}::${name}`);
  message.setProperties(Struct.fromJavaScript(props));
  return message;
}
