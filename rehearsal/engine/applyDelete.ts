import { afterHooks } from "./applyCreate";
import { known, type Step } from "./step";
import { providerOf, type StepContext } from "./stepContext";
import { isProviderType } from "./urn";

/** A protected resource would have been deleted: nothing has happened, so that other deletions may go on. */
export class ProtectedError extends Error {
  constructor(urn: string) {
    super(
      `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag ` +
        "from the resource in your Pulumi program and run `pulumi up`, or use the command:\n" +
        `\`pulumi state unprotect '${urn}'\``,
    );
  }
}

/** Takes a resource away, unless somebody else has it or gets rid of it. */
export async function applyDelete(context: StepContext, step: Step): Promise<void> {
  const { deleting, hooks, preview, snapshot } = context;
  const old = known(step.old);
  const properties = { oldInputs: old.inputs, oldOutputs: old.outputs };
  await hooks.run("BeforeDelete", old, properties);
  if (old.protect === true && step.op === "delete") {
    throw new ProtectedError(old.urn);
  }
  const operation = snapshot.begin("deleting", old);
  try {
    const isKept = old.external === true || old.retainOnDelete === true || deleting.has(old.deletedWith ?? "");
    if (!preview && !isKept && old.custom && !isProviderType(old.type)) {
      const provider = await providerOf(context, old);
      await hooks.retrying("delete", old, properties, () =>
        provider.delete(old, known(old.id), old, old.customTimeouts?.delete),
      );
    }
  } catch (error) {
    snapshot.end(operation, {});
    throw error;
  }
  if (step.pendingReplacement === true) {
    old.pendingReplacement = true;
  }
  snapshot.end(operation, step.pendingReplacement === true ? {} : { remove: old });
  await afterHooks(context, "AfterDelete", old, properties);
}
