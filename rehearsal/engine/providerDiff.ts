import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { processIgnoreChanges } from "./ignoreChanges";
import { propertyChanges } from "./propertyChanges";
import { changedKeys, type PropertyMap } from "./propertyValues";

/** A provider's judgement of what changed; `unknown` leaves it to the engine to compare the inputs. */
export interface DiffResult {
  changes: "none" | "some" | "unknown";
  changedKeys: string[];
  /** Paths of what changed, in as much detail as the provider gives; true for those that cause a replacement. */
  detail: ReadonlyMap<string, boolean>;
  replaceKeys: string[];
  deleteBeforeReplace: boolean;
}

export const noJudgement: DiffResult = {
  changes: "unknown",
  changedKeys: [],
  detail: new Map(),
  replaceKeys: [],
  deleteBeforeReplace: false,
};

/** A provider's judgement, or where it leaves it to the engine, that of comparing the inputs. */
export function decide(
  diff: DiffResult = noJudgement,
  olds: PropertyMap,
  wanted: PropertyMap,
  ignoreChanges: readonly string[],
): DiffResult {
  if (diff.changes !== "unknown") {
    return diff;
  }
  const { inputs: news } = processIgnoreChanges(wanted, olds, ignoreChanges);
  const keys = changedKeys(olds, news);
  const paths = propertyChanges(olds, news).map(({ path }) => path);
  return {
    ...diff,
    changes: keys.length > 0 ? "some" : "none",
    changedKeys: keys,
    detail: new Map(paths.map((path) => [path, false])),
  };
}

const { ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE } = proto.PropertyDiff.Kind;
const replacingKinds: readonly proto.PropertyDiff.Kind[] = [ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE];

export function toDiffResult(response: proto.DiffResponse): DiffResult {
  const changes = response.getChanges();
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const detail = new Map<string, boolean>();
  response.getDetaileddiffMap().forEach((difference, path) => {
    detail.set(path, replacingKinds.includes(difference.getKind()));
  });
  return {
    changes: changes === DIFF_NONE ? "none" : changes === DIFF_SOME ? "some" : "unknown",
    changedKeys: response.getDiffsList(),
    detail,
    replaceKeys: response.getReplacesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
  };
}
