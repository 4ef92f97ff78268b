// What somebody should be woken for. Each query gives a row with a figure when there is reason, else none; docs/runbooks.md says what to do.
param insightsName string
param location string
param tags object
param email string
@description('Where docs/ of this version can be read, with a slash at its end. Empty: the alerts name the page alone.')
param docsUrl string

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

var alerts = [
  {
    name: 'health-failing'
    severity: 0
    description: 'The timer that runs every minute has not succeeded for ten minutes, it found something away twice in a row, or more than ten answers were errors of ours.'
    every: 'PT5M'
    window: 'PT10M'
    query: '''
customMetrics
| where name in ('tidings.runs', 'tidings.health')
| extend fn = tostring(customDimensions['function']), result = tostring(customDimensions.result)
| extend status = toint(customDimensions.status), state = tostring(customDimensions.state)
| summarize beats = sumif(valueSum, fn == 'dispatch-due' and result == 'done'), errors = sumif(valueSum, status >= 500), ill = sumif(valueSum, state == 'failing')
| where beats == 0 or errors > 10 or ill > 1
| project figure = 1
'''
  }
  {
    name: 'due-row-late'
    severity: 1
    description: 'A digest was dispatched more than two minutes after its time.'
    every: 'PT5M'
    window: 'PT15M'
    query: '''
customMetrics
| where name == 'tidings.due.late'
| summarize figure = max(valueMax)
| where figure > 120000
'''
  }
  {
    name: 'poison-queue-not-empty'
    severity: 2
    description: 'Messages failed five times and are being put back for 24 hours: storage, vault or keys are in trouble.'
    every: 'PT15M'
    window: 'PT15M'
    query: '''
customMetrics
| where name == 'tidings.messages.returned'
| summarize figure = sum(valueSum)
| where figure > 0
'''
  }
  {
    name: 'deliveries-failing'
    severity: 2
    description: 'More than one in five of at least twenty attempts in half an hour were not accepted by a webhook.'
    every: 'PT15M'
    window: 'PT30M'
    query: '''
customMetrics
| where name == 'tidings.attempts'
| extend outcome = tostring(customDimensions.outcome)
| summarize attempts = sum(valueSum), figure = sumif(valueSum, outcome !in ('delivered', 'accepted'))
| where attempts >= 20 and figure > attempts / 5
'''
  }
  {
    name: 'events-dropped'
    severity: 2
    description: 'Events waited for 45 days, or too many waited in one channel, and nobody will be shown them.'
    every: 'PT15M'
    window: 'PT1H'
    query: '''
customMetrics
| where name == 'tidings.events.dropped' and tostring(customDimensions.because) == 'waited'
| summarize figure = sum(valueSum)
| where figure > 0
'''
  }
  {
    name: 'dead-letters'
    severity: 3
    description: 'Something came that could not be taken, and is kept as a dead letter with its reason.'
    every: 'PT15M'
    window: 'PT15M'
    query: '''
customMetrics
| where name == 'tidings.dead-letters'
| summarize figure = sum(valueSum)
| where figure > 0
'''
  }
  {
    name: 'net-found-work'
    severity: 3
    description: 'The hourly net found work that something else should have done, or could not do its own.'
    every: 'PT15M'
    window: 'PT1H'
    query: '''
customMetrics
| where name == 'tidings.reconciled'
| extend finding = tostring(customDimensions.finding)
| where finding in ('dueRowsMissing', 'channelsWoken', 'poisonRescued', 'answersFinished', 'answersFailed', 'failed')
| summarize figure = sum(valueSum)
| where figure > 0
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
    description: '${alert.description} What to do: ${docsUrl}runbooks.md#${alert.name}'
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
    actions: {
      actionGroups: empty(email) ? [] : [people.id]
      customProperties: { runbook: '${docsUrl}runbooks.md#${alert.name}' }
    }
  }
}]
