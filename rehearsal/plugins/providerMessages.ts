import * as proto from "@pulumi/pulumi/proto/provider_pb";
import type { ChangeKind } from "./propertyDiff";
import { toStruct } from "./propertyValues";
import type { CheckRequest, CheckResult, DiffResult } from "./providerPlugin";

const { DIFF_NONE, DIFF_SOME, DIFF_UNKNOWN } = proto.DiffResponse.DiffChanges;
const changes: Readonly<Record<DiffResult["changes"], proto.DiffResponse.DiffChanges>> = {
  none: DIFF_NONE,
  some: DIFF_SOME,
  unknown: DIFF_UNKNOWN,
};

const { ADD, DELETE, UPDATE, ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE } = proto.PropertyDiff.Kind;
const kinds: Readonly<Record<ChangeKind | `${ChangeKind}-replace`, proto.PropertyDiff.Kind>> = {
  add: ADD,
  delete: DELETE,
  update: UPDATE,
  "add-replace": ADD_REPLACE,
  "delete-replace": DELETE_REPLACE,
  "update-replace": UPDATE_REPLACE,
};

const { PROPOSE, ENFORCE } = proto.CheckRequest.AutonamingOptions.Mode;

export function toCheckResponse(result: CheckResult): proto.CheckResponse {
  if ("inputs" in result) {
    return new proto.CheckResponse().setInputs(toStruct(result.inputs));
  }
  return new proto.CheckResponse().setFailuresList(
    result.failures.map(({ property, reason }) => new proto.CheckFailure().setProperty(property).setReason(reason)),
  );
}

export function toDiffResponse(result: DiffResult): proto.DiffResponse {
  const response = new proto.DiffResponse()
    .setChanges(changes[result.changes])
    .setDiffsList(result.diffs ?? [])
    .setReplacesList(result.replaces ?? [])
    .setDeletebeforereplace(result.deleteBeforeReplace ?? false)
    .setHasdetaileddiff(result.detailedDiff !== undefined);
  for (const [path, kind] of result.detailedDiff ?? []) {
    response.getDetaileddiffMap().set(path, new proto.PropertyDiff().setKind(kinds[kind]));
  }
  return response;
}

export function autonamingOf(request: proto.CheckRequest): CheckRequest["autonaming"] {
  const autonaming = request.getAutonaming();
  if (autonaming === undefined) {
    return undefined;
  }
  const mode = autonaming.getMode();
  return {
    mode: mode === PROPOSE ? "propose" : mode === ENFORCE ? "enforce" : "disable",
    proposedName: autonaming.getProposedName(),
  };
}
