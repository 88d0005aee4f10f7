import { z } from "zod";
import { denialOf } from "./authorization/authorize";
import { AwsError } from "./awsError";
import { accessControlAttributesType } from "./cloudControl/accessControlAttributesType";
import { permissionSetType } from "./cloudControl/permissionSetType";
import { patched } from "./cloudControl/patch";
import { refuseWhileAnotherGoesOn, requestStatus, startRequest } from "./cloudControl/resourceRequests";
import {
  identifierOf,
  jsonValue,
  modelValidated,
  type Properties,
  type ResourceType,
} from "./cloudControl/resourceType";
import { stackSetType } from "./cloudControl/stackSetType";
import { page, pageInput } from "./pages";
import { find, operation, type Request, type Service } from "./service";

const resourceTypes: readonly ResourceType[] = [permissionSetType, accessControlAttributesType, stackSetType];

const TypeName = z
  .string()
  .regex(/^\w{2,64}::\w{2,64}::\w{2,64}$/, "must be a resource type, for example AWS::SSO::PermissionSet");
const ClientToken = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[-A-Za-z0-9+/=]+$/)
  .optional();
const notHad = z.undefined("is not had by local AWS").optional();
/** By which a caller may have the handlers run as somebody else, or in another version. */
const others = { RoleArn: notHad, TypeVersionId: notHad };
const Identifier = z.string().min(1).max(1024);
const json = z.string().min(1).max(262_144);

/** AWS Cloud Control API, version 2021-09-30, for the resource types in `resourceTypes`. */
export const cloudControl: Service = {
  name: "cloudcontrol",
  signingName: "cloudcontrolapi",
  protocol: "json-1.0",
  identifiedBy: "CloudApiService",
  invalidInput: "ValidationException",
  messageMember: "Message",
  operations: {
    CreateResource: operation(
      "writes",
      z.object({ TypeName, ClientToken, DesiredState: json, ...others }),
      (input, request) => {
        const type = typeNamed(input.TypeName);
        const desired = modelValidated(type, jsonValue(input.DesiredState, "DesiredState"));
        const readOnly = type.readOnly.filter((name) => name in desired);
        if (readOnly.length > 0) {
          throw new AwsError(
            "InvalidRequestException",
            `DesiredState has read-only properties: ${readOnly.join(", ")}.`,
          );
        }
        const denial = denialOf(type.permissions("create", [desired], request), request);
        return startRequest({ typeName: type.name, operation: "CREATE", desired }, input.ClientToken, denial, request);
      },
    ),
    GetResource: operation("reads", z.object({ TypeName, Identifier, ...others }), (input, request) => {
      const type = typeNamed(input.TypeName);
      requireHandler("read", type, [identified(type, input.Identifier)], request);
      const properties = existing(type, input.Identifier, request);
      return {
        TypeName: input.TypeName,
        ResourceDescription: { Identifier: input.Identifier, Properties: JSON.stringify(properties) },
      };
    }),
    UpdateResource: operation(
      "writes",
      z.object({ TypeName, ClientToken, Identifier, PatchDocument: json, ...others }),
      (input, request) => {
        const type = typeNamed(input.TypeName);
        const identifier = input.Identifier;
        requireHandler("read", type, [identified(type, identifier)], request);
        const current = existing(type, identifier, request);
        refuseWhileAnotherGoesOn(type, identifier, request);
        const desired = modelValidated(type, patched(type, current, jsonValue(input.PatchDocument, "PatchDocument")));
        const denial = denialOf(type.permissions("update", [current, desired], request), request);
        const asked = { typeName: type.name, operation: "UPDATE", identifier, desired } as const;
        return startRequest(asked, input.ClientToken, denial, request);
      },
    ),
    DeleteResource: operation(
      "writes",
      z.object({ TypeName, ClientToken, Identifier, ...others }),
      (input, request) => {
        const type = typeNamed(input.TypeName);
        const identifier = input.Identifier;
        refuseWhileAnotherGoesOn(type, identifier, request);
        const denial = denialOf(type.permissions("delete", [identified(type, identifier)], request), request);
        const asked = { typeName: type.name, operation: "DELETE", identifier } as const;
        return startRequest(asked, input.ClientToken, denial, request);
      },
    ),
    ListResources: operation(
      "reads",
      z.object({ TypeName, ResourceModel: json.optional(), ...pageInput(100), ...others }),
      (input, request) => {
        const type = typeNamed(input.TypeName);
        const model = type.listInput.safeParse(jsonValue(input.ResourceModel ?? "{}", "ResourceModel"));
        if (!model.success) {
          throw new AwsError(
            "InvalidRequestException",
            `Missing or invalid ResourceModel property in ${type.name} list handler request input. ` +
              `Required property: [${Object.keys(type.listInput.shape).join(", ")}]`,
          );
        }
        requireHandler("list", type, [model.data], request);
        const descriptions = type.list(model.data, request).map((properties) => ({
          Identifier: identifierOf(type, properties),
          Properties: JSON.stringify(properties),
        }));
        return { TypeName: type.name, ...page("ResourceDescriptions", descriptions, input) };
      },
    ),
    GetResourceRequestStatus: operation("reads", z.object({ RequestToken: z.string().min(1) }), (input, request) =>
      requestStatus(input.RequestToken, typeNamed, request),
    ),
  },
};

/** Reading and listing call the handler at once, so that a denial is an error of the call. */
function requireHandler(handler: "read" | "list", type: ResourceType, about: Properties[], request: Request): void {
  const denial = denialOf(type.permissions(handler, about, request), request);
  if (denial !== undefined) throw new AwsError("AccessDeniedException", denial);
}

/** What an identifier says of a resource's properties. */
function identified({ primaryIdentifier }: ResourceType, identifier: string): Properties {
  const parts = identifier.split("|");
  return Object.fromEntries(primaryIdentifier.map((name, index) => [name, parts[index]]));
}

function typeNamed(name: string): ResourceType {
  return find(
    resourceTypes,
    (each) => each.name === name,
    () =>
      new AwsError(
        "TypeNotFoundException",
        `Local AWS has no resource type ${name}, only ${resourceTypes.map((each) => each.name).join(", ")}.`,
      ),
  );
}

function existing(type: ResourceType, identifier: string, request: Request): Properties {
  const properties = type.read(identifier, request);
  if (properties) return properties;
  throw new AwsError(
    "ResourceNotFoundException",
    `Resource of type '${type.name}' with identifier '${identifier}' was not found.`,
  );
}
