import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createWork } from '../../../shared/platform/telemetry/otel-work.ts';
import { MAX_LINKS, tracesOf } from '../../../shared/platform/telemetry/telemetry.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01`, tracestate: 'a=1' };

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

function aWork() {
  const spans = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  return { spans, ...createWork(provider.getTracer('test')) };
}

it('is part of the trace that a message carried, and tells it on', async () => {
  const { spans, work, trace } = aWork();

  const told = await work(
    () => ({ name: 'a', kind: 'consumer', parent }),
    async () => trace(),
  );

  expect(spans.getFinishedSpans()[0]?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7');
  expect(told?.traceparent).toMatch(new RegExp(`^00-${TRACE}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
  expect(told?.tracestate).toBe('a=1');
});

it('is part of the work around it where nothing else is said', async () => {
  const { spans, work } = aWork();

  await work(
    () => ({ name: 'outer', kind: 'server' }),
    () =>
      work(
        () => ({ name: 'inner', kind: 'client' }),
        async () => {},
      ),
  );

  const [inner, outer] = spans.getFinishedSpans();
  expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
});

it.each([
  ['nothing', ''],
  ['too short a trace', '00-4bf92f3577b34da6-00f067aa0ba902b7-01'],
  ['zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
  ['a version that is none', `ff-${TRACE}-00f067aa0ba902b7-01`],
  ['capital letters', `00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`],
])('begins a trace of its own where the one carried is %s', async (_, traceparent) => {
  const { spans, work } = aWork();

  await work(
    () => ({ name: 'a', kind: 'consumer', parent: { traceparent }, links: [{ traceparent }] }),
    async () => {},
  );

  expect(spans.getFinishedSpans()[0]?.parentSpanContext).toBeUndefined();
  expect(spans.getFinishedSpans()[0]?.links).toEqual([]);
});

it('names what was thrown and repeats none of its words', async () => {
  const { spans, work } = aWork();

  const failed = work(
    () => ({ name: 'a', kind: 'internal' }),
    () => Promise.reject(new TypeError('a secret')),
  );

  await expect(failed).rejects.toThrow('a secret');
  expect(spans.getFinishedSpans()[0]).toMatchObject({ attributes: { error: 'TypeError' }, events: [] });
  expect(JSON.stringify(spans.getFinishedSpans()[0]?.status)).not.toContain('secret');
});

it('links what led to it, each trace once and a bounded number of them', () => {
  const events = Array.from({ length: 100 }, (_, index) => ({
    traceparent: `00-${String(index % 40).padStart(32, 'a')}-00f067aa0ba902b7-01`,
  }));

  const traces = tracesOf([{}, ...events]);

  expect(traces).toHaveLength(MAX_LINKS);
  expect(new Set(traces.map(({ traceparent }) => traceparent)).size).toBe(MAX_LINKS);
});
