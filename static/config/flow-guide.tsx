/** How to make a flow in Teams and get its address, in four drawn steps. */
import type { ComponentChildren } from 'preact';
import { useDesk } from './desk.ts';

/** Each drawing is 160 × 90, in the colours of the page, and says nothing that its sentence does not. */
const DRAWINGS: readonly ComponentChildren[] = [
  <>
    <rect class="pane" x="6" y="8" width="62" height="74" rx="4" />
    <rect class="line" x="14" y="18" width="34" height="5" rx="2" />
    <rect class="mark" x="10" y="30" width="54" height="13" rx="3" />
    <rect class="line" x="14" y="34" width="26" height="5" rx="2" />
    <text x="52" y="41">
      ⋯
    </text>
    <rect class="line" x="14" y="52" width="30" height="5" rx="2" />
    <rect class="pane" x="76" y="26" width="78" height="52" rx="4" />
    <rect class="line" x="84" y="34" width="40" height="5" rx="2" />
    <rect class="accent" x="80" y="46" width="70" height="14" rx="3" />
    <text class="on-accent" x="86" y="56">
      Workflows
    </text>
    <rect class="line" x="84" y="66" width="34" height="5" rx="2" />
  </>,
  <>
    <rect class="pane" x="6" y="8" width="148" height="74" rx="4" />
    <rect class="box" x="14" y="16" width="132" height="17" rx="3" />
    <text x="20" y="28">
      webhook
    </text>
    <rect class="accent" x="14" y="42" width="60" height="34" rx="3" />
    <rect class="on-accent-line" x="20" y="49" width="46" height="4" rx="2" />
    <rect class="on-accent-line" x="20" y="57" width="38" height="4" rx="2" />
    <rect class="on-accent-line" x="20" y="65" width="42" height="4" rx="2" />
    <rect class="mark" x="84" y="42" width="60" height="34" rx="3" />
  </>,
  <>
    <rect class="pane" x="6" y="8" width="148" height="74" rx="4" />
    <rect class="line" x="14" y="17" width="26" height="5" rx="2" />
    <rect class="box" x="48" y="13" width="98" height="13" rx="3" />
    <rect class="line" x="14" y="36" width="30" height="5" rx="2" />
    <rect class="box" x="48" y="32" width="98" height="13" rx="3" />
    <rect class="accent" x="84" y="60" width="62" height="15" rx="3" />
    <text class="on-accent" x="115" y="71" text-anchor="middle">
      Add
    </text>
  </>,
  <>
    <rect class="pane" x="6" y="8" width="148" height="74" rx="4" />
    <circle class="accent" cx="80" cy="26" r="9" />
    <path class="on-accent-stroke" d="M75 26l4 4 6-8" />
    <rect class="box" x="14" y="46" width="100" height="17" rx="3" />
    <text x="20" y="58">
      https://…
    </text>
    <rect class="accent" x="120" y="46" width="26" height="17" rx="3" />
    <path class="on-accent-stroke" d="M128 50h8v9h-8zM131 50v-2h8v9h-3" />
  </>,
];

/** The guide, folded away. */
export function FlowGuide() {
  const { words } = useDesk();
  const { start } = words;
  return (
    <details class="guide">
      <summary>{start.guide}</summary>
      <ol>
        {start.steps.map((step, index) => (
          <li key={step}>
            <svg viewBox="0 0 160 90" role="img" aria-label={start.stepAlts[index] ?? ''}>
              {DRAWINGS[index]}
            </svg>
            <p class="step">{step}</p>
          </li>
        ))}
      </ol>
      <p>{start.coOwner}</p>
      <p>{start.connectorsOff}</p>
    </details>
  );
}
