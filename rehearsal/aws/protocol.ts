import type { IncomingHttpHeaders } from "node:http";
import { AwsError } from "./awsError";
import type { Output, Service } from "./service";

/** A call before anybody looked at what it says. */
export interface HttpCall {
  method: string;
  /** With its query string. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a call names: the service, the operation (which the service may not have) and the input. */
export interface ParsedCall {
  service: Service;
  operation: string;
  input: unknown;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Reads a call in AWS's JSON protocols, 1.0 and 1.1, which name the operation in X-Amz-Target, or in its query protocol, which
 * names it in the parameter Action of a form.
 * @throws AwsError when no service is meant
 */
export function parseCall({ headers, body }: HttpCall, services: readonly Service[]): ParsedCall {
  const target = headers["x-amz-target"];
  if (typeof target === "string") {
    const [prefix = "", operation = ""] = target.split(".");
    return {
      service: serviceOf(services, "X-Amz-Target", prefix, (each) => each.protocol !== "query"),
      operation,
      input: json(body),
    };
  }
  const { Action: operation = "", Version: version = "", ...input } = Object.fromEntries(new URLSearchParams(body));
  return {
    service: serviceOf(services, "Version", version, (each) => each.protocol === "query"),
    operation,
    input: nested(input),
  };
}

/** The parameters of the query protocol as an input: Names.member.1 and Names.member.2 are the list Names. */
function nested(parameters: Readonly<Record<string, string>>): Record<string, unknown> {
  const grouped = new Map<string, Record<string, string>>();
  const input: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(parameters)) {
    const [, name = path, rest] = /^([^.]+)\.(.+)$/.exec(path) ?? [];
    if (rest === undefined) input[name] = value;
    else grouped.set(name, { ...grouped.get(name), [rest]: value });
  }
  for (const [name, members] of grouped) {
    const { member, ...others } = nested(members);
    input[name] = member === undefined ? others : Object.values(member as Output);
  }
  return input;
}

function serviceOf(
  services: readonly Service[],
  by: string,
  value: string,
  speaks: (service: Service) => boolean,
): Service {
  const service = services.find((each) => speaks(each) && each.identifiedBy === value);
  if (service) return service;
  const known = services.filter(speaks).map(({ name, identifiedBy }) => `${identifiedBy} (${name})`);
  throw new AwsError(
    "UnknownOperationException",
    value === ""
      ? "The call names no operation: neither by X-Amz-Target (AWS's JSON protocols) nor by Action and Version (its query protocol)."
      : `Local AWS has no service with ${by} ${value}, only ${known.join(", ")}.`,
  );
}

function json(body: string): unknown {
  try {
    return body === "" ? {} : (JSON.parse(body) as unknown);
  } catch (error) {
    throw new AwsError("SerializationException", `The body is not JSON: ${String(error)}`);
  }
}

/** An operation's answer in the protocol of its service. */
export function formatOutput(service: Service, operation: string, output: Output, requestId: string): HttpAnswer {
  if (service.protocol !== "query") return jsonAnswer(service, 200, output, requestId);
  return xmlAnswer(
    200,
    `${operation}Response`,
    element(`${operation}Result`, xmlOf(output)) + element("ResponseMetadata", element("RequestId", requestId)),
    service,
    requestId,
  );
}

/** An error in the protocol of the service; when local AWS does not have it, in JSON 1.0 or XML, as the call was made. */
export function formatError(
  { headers }: HttpCall,
  service: Service | undefined,
  error: AwsError,
  requestId: string,
): HttpAnswer {
  const { type, message, members, status } = error;
  const speaksJson = service === undefined ? headers["x-amz-target"] !== undefined : service.protocol !== "query";
  if (speaksJson) {
    const body = { __type: type, [service?.messageMember ?? "message"]: message, ...members };
    const answer = jsonAnswer(service, status, body, requestId);
    return { ...answer, headers: { ...answer.headers, "x-amzn-errortype": type } };
  }
  const fault = status < 500 ? "Sender" : "Receiver";
  const inner = element("Type", fault) + element("Code", type) + element("Message", escape(message));
  return xmlAnswer(
    status,
    "ErrorResponse",
    element("Error", inner) + element("RequestId", requestId),
    service,
    requestId,
  );
}

function jsonAnswer(service: Service | undefined, status: number, body: unknown, requestId: string): HttpAnswer {
  const version = service?.protocol === "json-1.1" ? "1.1" : "1.0";
  return {
    status,
    headers: { "content-type": `application/x-amz-json-${version}`, "x-amzn-requestid": requestId },
    body: JSON.stringify(body),
  };
}

function xmlAnswer(
  status: number,
  root: string,
  inner: string,
  service: Service | undefined,
  requestId: string,
): HttpAnswer {
  const namespace = service && `https://${service.signingName}.amazonaws.com/doc/${service.identifiedBy}/`;
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `<${root}${namespace === undefined ? "" : ` xmlns="${namespace}"`}>${inner}</${root}>`,
  };
}

/** A value of the query protocol: members of a structure by their name, those of a list each as "member". */
function xmlOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return escape(String(value));
  const members: (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((each: unknown) => ["member", each] as const)
    : Object.entries(value as Output);
  return members
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => element(name, xmlOf(each)))
    .join("");
}

function element(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
