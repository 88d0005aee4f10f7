import { applyPatch, deepClone } from "fast-json-patch";
import { z } from "zod";
import { AwsError } from "../awsError";
import type { Properties, ResourceType } from "./resourceType";

const path = z.string().startsWith("/");
const value = z.unknown();
const patchDocument = z.array(
  z.discriminatedUnion("op", [
    z.object({ op: z.literal("add"), path, value }),
    z.object({ op: z.literal("remove"), path }),
    z.object({ op: z.literal("replace"), path, value }),
    z.object({ op: z.literal("move"), path, from: path }),
    z.object({ op: z.literal("copy"), path, from: path }),
    z.object({ op: z.literal("test"), path, value }),
  ]),
);

/**
 * A resource's properties after a JSON Patch (RFC 6902).
 * @throws AwsError when the document is no patch, does not fit, or touches what an update cannot change
 */
export function patched(type: ResourceType, current: Properties, document: unknown): unknown {
  const patch = patchDocument.safeParse(document);
  if (!patch.success) {
    const problems = patch.error.issues.map((issue) => `/${issue.path.join("/")}: ${issue.message}`);
    throw new AwsError(
      "InvalidRequestException",
      `PatchDocument is not a JSON Patch (RFC 6902): ${problems.join("; ")}`,
    );
  }
  const touched = patch.data.map((operation) => operation.path.split("/")[1]);
  refuse("createOnlyProperties", type.createOnly, touched);
  refuse("readOnlyProperties", type.readOnly, touched);
  try {
    return applyPatch(deepClone(current), patch.data, true).newDocument;
  } catch (error) {
    throw new AwsError("InvalidRequestException", `PatchDocument cannot be applied: ${String(error)}`);
  }
}

function refuse(kind: string, properties: readonly string[], touched: (string | undefined)[]): void {
  const refused = properties.filter((name) => touched.includes(name)).map((name) => `/properties/${name}`);
  if (refused.length > 0) {
    throw new AwsError(
      "NotUpdatableException",
      `Invalid patch update: ${kind} [${refused.join(", ")}] cannot be updated`,
    );
  }
}
