import fc from "fast-check";

/** A stack's configuration as Pulumi hands it to the program: texts by namespace:name. */
export type Configuration = Record<string, string>;

const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const roleArn = "arn:aws:iam::111111111111:role/identity-center-admin";
const permissionSetName = fc.stringMatching(/^[\w+=,.@-]{1,32}$/);

/** Optional keys, each there or not. */
const some = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(shape, { requiredKeys: [] });

/** Mostly names that the example organization has, now and then one that it does not have. */
const names = (known: readonly string[], unknown: string) =>
  fc.uniqueArray(
    fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.constant(unknown) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  );

const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Deny"),
  Action: fc.constantFrom<string | string[]>("s3:GetObject", ["ecs:RunTask", "lambda:Invoke*"], "*"),
  Resource: fc.constantFrom<string | string[]>("*", ["arn:aws:s3:::bucket/*"]),
});
const policy = fc.record({
  Version: fc.constant("2012-10-17"),
  Statement: fc.oneof(statement, fc.array(statement, { maxLength: 3 })),
});

const assignments = fc.uniqueArray(
  fc.record({
    groups: names(["Developers", "Administrators", "Auditors"], "Developrs"),
    users: fc.oneof(fc.constant([]), names(["alice", "bob", "carol"], "carl")),
    accounts: names(["payments-dev", "payments-prod", "444444444444"], "sandbx"),
  }),
  { maxLength: 2, selector: (assignment) => JSON.stringify(assignment) },
);

const customerManagedPolicy = fc.record(
  { name: permissionSetName, path: fc.constantFrom("/", "/platform/") },
  { requiredKeys: ["name"] },
);

const permissionSet = some({
  description: fc.stringMatching(/^[ -~¡-ÿ]{1,80}$/),
  sessionDuration: fc.integer({ min: 1, max: 12 }).map((hours) => `PT${hours}H`),
  relayState: fc.constant("https://console.aws.amazon.com/q/"),
  managedPolicies: fc.uniqueArray(
    fc.constantFrom("ReadOnlyAccess", "job-function/ViewOnlyAccess", "arn:aws:iam::aws:policy/AWSSSOReadOnly"),
  ),
  customerManagedPolicies: fc.uniqueArray(customerManagedPolicy, { maxLength: 3, selector: ({ name }) => name }),
  inlinePolicy: policy,
  permissionsBoundary: fc.oneof(
    fc.constant({ managedPolicy: "PowerUserAccess" }),
    customerManagedPolicy.map((each) => ({ customerManagedPolicy: each })),
  ),
  amazonQ: fc.boolean(),
  tags: fc.dictionary(fc.stringMatching(/^[\w+=,.@-]{1,20}$/), fc.stringMatching(/^[\w+=,.@-]{1,20}$/), {
    noNullPrototype: true,
  }),
  assignments,
});

const enablers = fc.uniqueArray(fc.constantFrom("identity-center-admin", "auditor"));
const switchSettings = fc.oneof(
  some({
    mode: fc.constant("manage"),
    onDestroy: fc.constantFrom("keep", "deleteApplication"),
    enabler: fc.constant(roleArn),
    enablers,
  }),
  fc.record({ mode: fc.constantFrom("require", "ignore"), enablers }, { requiredKeys: ["mode"] }),
);

const oneOf = (...known: string[]) => fc.uniqueArray(fc.constantFrom(...known), { maxLength: 2 });
const iamPrincipals = some({
  roles: oneOf("auditor", "identity-center-admin"),
  users: oneOf("carol"),
  groups: oneOf("Operators"),
  memberAccounts: fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    fc
      .record(
        { attachTo: oneOf("analyst", "auditor"), policyName: fc.stringMatching(/^[\w+=,.@-]{1,40}$/) },
        { requiredKeys: [] },
      )
      .chain((others) =>
        fc
          .constantFrom(["/"], ["Workloads"], ["Workloads/Development", "Sandbox"], ["Sandbx"])
          .map((organizationalUnits) => ({ organizationalUnits, ...others })),
      ),
  ),
});

const attributes = fc.constant({ CostCenter: ["${path:enterprise.costCenter}"] });
const instanceSettings = some({
  name: fc.stringMatching(/^[\w+=,.@-]{1,40}$/),
  kmsKeyArn: fc.constant("arn:aws:kms:us-east-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef"),
  enablePermissionSets: fc.boolean(),
  additionalRegions: fc.uniqueArray(fc.constantFrom("eu-west-1", "eu-central-1", "ap-south-1"), { maxLength: 3 }),
});
const instance = fc
  .tuple(
    instanceSettings,
    fc.constantFrom({}, { arn: instanceArn }),
    fc.record(
      { accessControlAttributes: attributes, importAccessControlAttributes: fc.boolean() },
      { requiredKeys: ["accessControlAttributes"] },
    ),
    fc.boolean(),
  )
  .map(([settings, chosen, withAttributes, hasAttributes]) => ({
    ...settings,
    ...chosen,
    ...(hasAttributes && withAttributes),
  }));

type PermissionSets = Record<string, Record<string, unknown>>;

/** Some of them taken over, each from a permission set of its own, which the organization does not have. */
const imported = (sets: PermissionSets): fc.Arbitrary<PermissionSets> =>
  fc.subarray(Object.keys(sets)).map((names) => ({
    ...sets,
    ...Object.fromEntries(
      names.map((name, index) => {
        const arn = `${instanceArn.replace(":instance/", ":permissionSet/")}/ps-${String(index).padStart(16, "0")}`;
        return [name, { ...sets[name], import: arn }];
      }),
    ),
  }));

const permissionSets = fc.oneof(
  fc.dictionary(permissionSetName, permissionSet, { maxKeys: 3, noNullPrototype: true }),
  fc.dictionary(permissionSetName, permissionSet, { maxKeys: 3, noNullPrototype: true }).chain(imported),
  fc.record({ Auditor: assignments.map((each) => ({ existing: true, assignments: each })) }),
);

/** Now and then signed in otherwise: as a role of the account, or with a profile, which the machine does not have. */
const awsSection = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .record(
        {
          roleArn: fc.constant(roleArn),
          sessionName: fc.stringMatching(/^[\w+=,.@-]{2,64}$/),
          externalId: fc.stringMatching(/^[\w+=,.@:/-]{2,40}$/),
        },
        { requiredKeys: ["roleArn"] },
      )
      .map((role) => ({ "aws:assumeRoles": JSON.stringify([role]) })),
  },
  { weight: 1, arbitrary: fc.constantFrom("management", "pull request").map((name) => ({ "aws:profile": name })) },
);

/** Configurations that nothing is wrong with, but for a name now and then that the organization does not have. */
export const valid: fc.Arbitrary<Configuration> = fc
  .record({
    instance,
    permissionSets,
    iamPrincipals,
    switch: switchSettings,
    safety: some({
      protect: fc.boolean(),
      maxRemovals: fc.nat(),
      endpoints: fc.uniqueArray(fc.constantFrom("aws.example.com", "vpce-1.example.com")),
    }).map((safety) => ({ ...safety, confirm: ["enablePermissionSets"] })),
  })
  .chain((sections) => withEnablerPermissionSet(sections))
  .chain((sections) => awsSection.map((section) => ({ section, sections })))
  .map(({ section, sections }) => ({
    "aws:region": "us-east-1",
    ...section,
    ...Object.fromEntries(
      Object.entries(sections).map(([name, each]) => [`identity-aware-sessions:${name}`, JSON.stringify(each)]),
    ),
  }));

/** One of the permission sets that the stack manages, where there is one, delivers the permissions of enabling. */
function withEnablerPermissionSet<Sections extends { permissionSets: object; switch: object }>(
  sections: Sections,
): fc.Arbitrary<Sections> {
  const managed = Object.entries(sections.permissionSets).flatMap(([name, set]) => ("existing" in set ? [] : [name]));
  return fc.constantFrom(undefined, ...managed).map((name) => ({
    ...sections,
    switch: { ...sections.switch, ...(name !== undefined && { enablerPermissionSet: name }) },
  }));
}

/** What a slip of the keyboard or of YAML makes of a value. */
const slip = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    0,
    -1,
    222222222222,
    true,
    [],
    {},
    [[]],
    { a: 1 },
    "PT13H",
    ["a", "a"],
    "__proto__",
  ),
  fc.string(),
  fc.string({ unit: "binary", maxLength: 300 }),
);

/** Keys whose values are no JSON. */
const plainTexts = ["aws:region", "aws:profile"];

/** Valid configurations in one place of which something else stands, or a key is called something else. */
export const nearlyValid: fc.Arbitrary<Configuration> = fc
  .tuple(
    valid,
    fc.nat(),
    slip,
    fc.constantFrom("replace" as const, "rename" as const, "remove" as const, "add" as const),
    fc.string({ maxLength: 12 }),
  )
  .map(([configuration, place, value, change, name]) => {
    const sections = Object.fromEntries(
      Object.entries(configuration).map(([key, text]) => [
        key,
        plainTexts.includes(key) ? text : (JSON.parse(text) as unknown),
      ]),
    );
    const places = placesOf(sections);
    const [holder, key] = places[place % places.length] ?? [sections, "aws:region"];
    const before = holder[key];
    if (change === "rename" || change === "remove") {
      Reflect.deleteProperty(holder, key);
    }
    if (Array.isArray(holder)) {
      holder.push(value);
    } else if (change !== "remove") {
      const changed = { replace: key, rename: `${key.slice(1)}${name}`, add: name }[change];
      Object.defineProperty(holder, changed, { value: change === "rename" ? before : value, enumerable: true });
    }
    return Object.fromEntries(
      Object.entries(sections).map(([each, inside]) => [
        each,
        typeof inside === "string" ? inside : JSON.stringify(inside),
      ]),
    );
  });

/** Anything at all, under keys that exist and keys that do not. */
export const wild: fc.Arbitrary<Configuration> = fc.dictionary(
  fc.oneof(
    fc.constantFrom("aws:region", "aws:profile", "aws:assumeRoles", "aws:accessKey", "aws-native:region", "other:key"),
    fc
      .constantFrom("instance", "permissionSets", "switch", "safety", "__proto__", "constructor")
      .map((name) => `identity-aware-sessions:${name}`),
    fc.string().map((name) => `identity-aware-sessions:${name}`),
    fc.string(),
  ),
  fc.oneof(
    fc.json(),
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("us-east-1", "{}", "[]", '{"__proto__":{}}'),
  ),
  { maxKeys: 6, noNullPrototype: true },
);

type Holder = Record<string, unknown>;

/** Every object or list with every key of it, all the way down. */
function placesOf(holder: Holder): [Holder, string][] {
  return Object.entries(holder).flatMap(([key, value]) => [
    [holder, key] as [Holder, string],
    ...(typeof value === "object" && value !== null ? placesOf(value as Holder) : []),
  ]);
}
