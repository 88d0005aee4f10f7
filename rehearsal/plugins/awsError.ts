interface ServiceException {
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number; requestId?: string };
}

/**
 * An AWS SDK error in the words of the Go SDK, with which the real plugins are built: `operation error STS:
 * GetCallerIdentity, https response error StatusCode: 403, RequestID: ..., api error InvalidClientTokenId: ...`.
 */
export function operationError(service: string, operation: string, cause: unknown): Error {
  const { name, message, $metadata } = cause as ServiceException;
  const status = $metadata?.httpStatusCode;
  const reason =
    status === undefined
      ? `${name}: ${message}`
      : `https response error StatusCode: ${status}, RequestID: ${$metadata?.requestId ?? ""}, ${name}: ${message}`;
  return new Error(`operation error ${service}: ${operation}, ${reason}`, { cause });
}
