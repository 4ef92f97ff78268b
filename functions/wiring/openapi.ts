/** Puts together the description of the API. */
import type { HttpHandler } from '@azure/functions';
import { openApiDocument } from '../../shared/platform/openapi.ts';
import { createOpenApiHandler } from '../openapi.ts';
import { API_OPERATIONS } from './api-operations.ts';
import { config } from './parts.ts';

/** `GET /api/openapi.json`. */
export async function openApiHandler(): Promise<HttpHandler> {
  const { PUBLIC_URL } = await config();
  return createOpenApiHandler(
    openApiDocument({ title: 'Tidings for owners', version: '1', url: PUBLIC_URL, operations: API_OPERATIONS }),
  );
}
