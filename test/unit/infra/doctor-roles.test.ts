/** The roles that the doctor tells to give are those that the deployment gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../../infra/build-app.ts';
import { ROLE_IDS } from '../../../infra/ops/doctor/mends.ts';

const rbac = readFileSync(join(projectDir, 'infra/azure/app/rbac.bicep'), 'utf8');
const operators = rbac.slice(rbac.indexOf('var operatorOnStorage'), rbac.indexOf('var productOnQueues'));

it.each(Object.entries(ROLE_IDS))('names %s by the id of the deployment, which gives it to operators', (name, id) => {
  expect(rbac).toContain(`'${name}': '${id}'`);
  expect(operators).toContain(`role: '${name}'`);
});
