// What an operator looks at: one page of figures, reasons, and the trace of one event. Its panels are in workbook.json.
param insightsName string
param location string
param tags object

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insights.id, 'tidings')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'Tidings'
    serializedData: loadTextContent('workbook.json')
    sourceId: insights.id
    version: '1.0'
  }
}
