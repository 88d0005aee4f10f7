import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { defaultConfiguration, optionsOf, providerOf, stackConfiguration } from "./analyzerRequests";
import type { ResourceState } from "./resourceState";
import type { PolicyViolation } from "./events";
import type { Goal } from "./goal";
import { PluginProcess, startQuickly } from "./pluginProcess";
import type { Project } from "./project";
import { toStruct } from "./propertyValues";
import { grpcOptions, unary } from "./rpc";
import { nameOf } from "./urn";

/** A running policy pack: @pulumi/pulumi's own `run-policy-pack` on the pack's folder. */
export class Analyzer {
  private constructor(
    private readonly process: PluginProcess,
    private readonly client: AnalyzerClient,
    private readonly info: proto.AnalyzerInfo,
  ) {}

  static async start(
    pack: string,
    project: Project,
    preview: boolean,
    engineAddress: string,
    environment: NodeJS.ProcessEnv,
    onOutput: (line: string) => void,
  ): Promise<Analyzer> {
    const entry = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [pack] });
    const process_ = await PluginProcess.start(
      `policy pack ${pack}`,
      { command: process.execPath, args: [...startQuickly, entry, engineAddress, pack], cwd: pack },
      {
        ...environment,
        PULUMI_NODEJS_ORGANIZATION: "organization",
        PULUMI_NODEJS_PROJECT: project.name,
        PULUMI_NODEJS_STACK: project.stack,
        PULUMI_NODEJS_DRY_RUN: String(preview),
        PULUMI_CONFIG: JSON.stringify(project.config),
      },
      onOutput,
    );
    const client = new AnalyzerClient(process_.address, grpc.credentials.createInsecure(), grpcOptions);
    const info = await unary<proto.AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done));
    refuseRemediation(info);
    await unary((done) => client.configureStack(stackConfiguration(project, preview), done));
    await unary((done) => client.configure(defaultConfiguration(info), done));
    return new Analyzer(process_, client, info);
  }

  /** Resource policies on the inputs a resource is about to be given. */
  async analyze(resource: ResourceState, goal: Goal, provider: ResourceState | undefined): Promise<PolicyViolation[]> {
    const request = new proto.AnalyzeRequest()
      .setUrn(resource.urn)
      .setType(resource.type)
      .setName(nameOf(resource.urn))
      .setProperties(toStruct(resource.inputs))
      .setOptions(optionsOf(resource, goal))
      .setProvider(providerOf(provider));
    const response = await unary<proto.AnalyzeResponse>((done) => this.client.analyze(request, done));
    return response.getDiagnosticsList().map((diagnostic) => this.violation(diagnostic, resource.urn));
  }

  /** Stack policies on the outputs of all resources, once they are all there. */
  async analyzeStack(
    resources: readonly ResourceState[],
    goals: (resource: ResourceState) => Goal | undefined,
    providers: (resource: ResourceState) => ResourceState | undefined,
    stackUrn: string,
  ): Promise<PolicyViolation[]> {
    const request = new proto.AnalyzeStackRequest().setResourcesList(
      resources.map((resource) => {
        const analyzed = new proto.AnalyzerResource()
          .setUrn(resource.urn)
          .setType(resource.type)
          .setName(nameOf(resource.urn))
          .setProperties(toStruct(resource.outputs))
          .setOptions(optionsOf(resource, goals(resource)))
          .setProvider(providerOf(providers(resource)))
          .setParent(resource.parent ?? "")
          .setDependenciesList(resource.dependencies ?? []);
        for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
          const dependencies = new proto.AnalyzerPropertyDependencies().setUrnsList(urns);
          analyzed.getPropertydependenciesMap().set(property, dependencies);
        }
        return analyzed;
      }),
    );
    const response = await unary<proto.AnalyzeResponse>((done) => this.client.analyzeStack(request, done));
    return response.getDiagnosticsList().map((diagnostic) => this.violation(diagnostic, stackUrn));
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.process.stop();
  }

  private violation(diagnostic: proto.AnalyzeDiagnostic, defaultUrn: string): PolicyViolation {
    const policy = this.info.getPoliciesList().find((candidate) => candidate.getName() === diagnostic.getPolicyname());
    return {
      urn: diagnostic.getUrn() === "" ? defaultUrn : diagnostic.getUrn(),
      policyPack: diagnostic.getPolicypackname(),
      policyPackVersion: diagnostic.getPolicypackversion(),
      policy: diagnostic.getPolicyname(),
      enforcementLevel:
        diagnostic.getEnforcementlevel() === proto.EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
      severity: severityName(diagnostic.getSeverity()),
      message: diagnostic.getMessage(),
      remediationSteps: policy?.getRemediationSteps() ?? "",
      url: policy?.getUrl() ?? "",
    };
  }
}

function refuseRemediation(info: proto.AnalyzerInfo): void {
  for (const policy of info.getPoliciesList()) {
    if (policy.getEnforcementlevel() === proto.EnforcementLevel.REMEDIATE) {
      throw new Error(`policy ${policy.getName()} remediates what it finds, which this engine does not support`);
    }
  }
}

function severityName(severity: proto.PolicySeverity): string {
  const entry = Object.entries(proto.PolicySeverity).find(([, value]) => value === severity);
  return entry?.[0].replace("POLICY_SEVERITY_", "").toLowerCase() ?? "unspecified";
}
