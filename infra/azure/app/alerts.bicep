// What somebody should be woken for. Each query gives one row with a figure, which fires above zero; docs/operations.md says what to do.
param insightsName string
param location string
param tags object
param email string

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

var alerts = [
  {
    name: 'poison-queue-not-empty'
    severity: 2
    description: 'Messages failed five times and are being put back for 24 hours: storage, vault or keys are in trouble.'
    every: 'PT15M'
    window: 'PT15M'
    query: '''
requests
| where name endswith '-poison'
| summarize figure = sum(itemCount)
'''
  }
  {
    name: 'due-row-late'
    severity: 1
    description: 'A digest was dispatched more than two minutes after its time.'
    every: 'PT5M'
    window: 'PT15M'
    query: '''
traces
| where message has 'due rows dispatched'
| extend lateMs = tolong(extract(@'lateMs\W+(\d+)', 1, message))
| summarize figure = countif(lateMs > 120000)
'''
  }
  {
    name: 'deliveries-failing'
    severity: 2
    description: 'More than one in five of at least twenty attempts in half an hour were not accepted by a webhook.'
    every: 'PT15M'
    window: 'PT30M'
    query: '''
traces
| where message has 'attempt made'
| extend outcome = extract(@'outcome\W+(\w+)', 1, message)
| summarize attempts = sum(itemCount), failures = sumif(itemCount, outcome !in ('delivered', 'accepted'))
| project figure = iff(attempts >= 20 and failures > attempts / 5.0, failures, 0)
'''
  }
  {
    name: 'health-failing'
    severity: 0
    description: 'The timer that runs every minute has not succeeded for ten minutes, it found something away twice in a row, or more than ten answers were errors of ours.'
    every: 'PT5M'
    window: 'PT10M'
    query: '''
union requests, traces
| summarize beats = sumif(itemCount, name == 'dispatch-due' and success), errors = sumif(itemCount, toint(resultCode) >= 500), ill = countif(message has 'health is failing')
| project figure = iff(beats == 0 or errors > 10 or ill > 1, 1, 0)
'''
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${insightsName}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'tidings'
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in alerts: {
  name: alert.name
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: alert.name
    description: alert.description
    severity: alert.severity
    enabled: true
    autoMitigate: true
    scopes: [insights.id]
    evaluationFrequency: alert.every
    windowSize: alert.window
    criteria: {
      allOf: [
        {
          query: alert.query
          metricMeasureColumn: 'figure'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: empty(email) ? [] : [people.id] }
  }
}]
