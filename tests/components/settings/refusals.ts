import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { parseSettings } from "../../../components/settings/settings";

export const roleArn = "arn:aws:iam::111111111111:role/platform/identity-center-admin";
export const permissionSetArn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";

/** The configuration of a stack that states nothing more than it has to. */
export const minimal = { "aws:region": "us-east-1" };

/** The smallest stack with a section of this project. */
export function withKey(key: string, value: unknown): Record<string, string> {
  return { ...minimal, [`identity-aware-sessions:${key}`]: JSON.stringify(value) };
}

/** The smallest stack with one permission set. */
export function withPermissionSet(settings: object): Record<string, string> {
  return withKey("permissionSets", { Developer: settings });
}

/** The message that a configuration is refused with, if it is. */
export function refusalOf(configuration: Record<string, string>): string | undefined {
  try {
    parseSettings(configuration);
    return undefined;
  } catch (error) {
    assert(pulumi.RunError.isInstance(error), String(error));
    return error.message;
  }
}

/** The problems of a refused configuration as [path, found, allowed, to do]. */
export function problems(configuration: Record<string, string>): string[][] {
  const [heading, ...texts] = (refusalOf(configuration) ?? "").trimEnd().split("\n\n");
  const count = texts.length === 1 ? "1 problem" : `${texts.length} problems`;
  assert.equal(heading, `The stack's configuration cannot be used: ${count}. Nothing was changed.`);
  return texts.map((text) => text.split(/\n {2}(?:found: {3}|allowed: |to do: {3})/));
}

/** The settings of a permission set whose inline policy has one statement. */
export const policy = (statement: object) => ({ inlinePolicy: { Version: "2012-10-17", Statement: [statement] } });
export const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
/** So many numbers, from 0. */
export const many = (count: number) => Array.from({ length: count }, (_, i) => i);
