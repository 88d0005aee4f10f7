/** What takes a permission set out of a stack without AWS taking notice. */
export function handingOver(name: string): string {
  return (
    `run \`pulumi state delete URN --target-dependents\` with the URN of its resource, grants-${name} ` +
    "(`pulumi stack --show-urns` lists them), then this again: AWS keeps everything"
  );
}
