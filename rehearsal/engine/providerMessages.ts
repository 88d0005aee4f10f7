import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { fromStruct, type PropertyMap, toStruct, withoutSecrets } from "./propertyValues";
import { nameOf } from "./urn";

export interface CheckResult {
  inputs: PropertyMap;
  failures: { property: string; reason: string }[];
}

/** What identifies the resource of a call. */
export interface ResourceIdentity {
  urn: string;
  type: string;
}

/** @param packageName prefixes the older, string-valued form of the arguments, which the real engine sends as well. */
export function configureRequest(packageName: string, args: PropertyMap): proto.ConfigureRequest {
  const request = new proto.ConfigureRequest()
    .setArgs(toStruct(args))
    .setAcceptsecrets(true)
    .setAcceptresources(false)
    .setSendsOldInputs(true)
    .setSendsOldInputsToDelete(true);
  for (const [key, value] of Object.entries(args)) {
    if (key !== "version") {
      const plain = withoutSecrets(value);
      const text = typeof plain === "string" ? plain : JSON.stringify(plain);
      request.getVariablesMap().set(`${packageName}:config:${key}`, text);
    }
  }
  return request;
}

interface AboutResource {
  setUrn: (urn: string) => unknown;
  setName: (name: string) => unknown;
  setType: (type: string) => unknown;
}

export function about<Request extends AboutResource>({ type, urn }: ResourceIdentity, request: Request): Request {
  request.setUrn(urn);
  request.setName(nameOf(urn));
  request.setType(type);
  return request;
}

export function toCheckResult(response: proto.CheckResponse): CheckResult {
  return { inputs: fromStruct(response.getInputs()), failures: toFailures(response.getFailuresList()) };
}

export function toFailures(failures: proto.CheckFailure[]): CheckResult["failures"] {
  return failures.map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
}
