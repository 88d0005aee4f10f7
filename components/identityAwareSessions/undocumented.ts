/** An answer that is not what AWS documents, which is refused rather than guessed at. */
export function undocumented(found: string, documented: string): Error {
  const message =
    `AWS answered with ${found} where its documentation has ${documented}. ` +
    "Nothing was recorded; look at the instance's applications in the IAM Identity Center console before you try again.";
  // By its name others know it, as errors lose their class in the state.
  return Object.assign(new Error(message), { name: "UndocumentedAnswer" });
}

export function isUndocumented(error: unknown): boolean {
  return (error as Error).name === "UndocumentedAnswer";
}
