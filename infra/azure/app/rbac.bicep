// Every role that anyone is granted, with its reason. Nothing is granted on more than one resource.
param storageAccountName string
param vaultName string
param insightsName string
param appPrincipalId string
param operatorPrincipalId string
param operatorPrincipalType string
param productPrincipalId string

// Azure's built-in roles by name; a test compares the ids with Azure's list.
var roleIds = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  'Storage Queue Data Message Sender': 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  'Storage Queue Data Message Processor': '8a0f0c08-91a1-4084-bc3d-661d67233fed'
  'Key Vault Secrets Officer': 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb'
}

var appOnStorage = [
  { role: 'Storage Blob Data Owner', reason: 'the host keeps its function keys, timer locks and the deployed package in blobs' }
  { role: 'Storage Queue Data Contributor', reason: 'triggers take and update messages (an update needs more than Message Processor), and we put jobs' }
  { role: 'Storage Table Data Contributor', reason: 'everything we keep is in tables' }
]
var appOnVault = [
  { role: 'Key Vault Secrets Officer', reason: 'webhook addresses are written, read and deleted; the keys are read' }
]
var appOnInsights = [
  { role: 'Monitoring Metrics Publisher', reason: 'telemetry goes in with the identity: keys are switched off' }
]
// Not the blobs: nothing that an operator does is there.
var operatorOnStorage = [
  { role: 'Storage Queue Data Contributor', reason: 'the operator\'s commands look at queues and put messages back' }
  { role: 'Storage Table Data Contributor', reason: 'the operator\'s commands read and mend tables' }
]
var operatorOnVault = [
  { role: 'Key Vault Secrets Officer', reason: 'makes the keys at first deployment, rotates them, and reseals webhooks' }
]
var productOnQueues = [
  { role: 'Storage Queue Data Message Sender', queue: 'events', reason: 'the product puts its events there' }
  { role: 'Storage Queue Data Message Processor', queue: 'connector-events', reason: 'the product takes answers and subscription changes from there' }
]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName

  resource queueService 'queueServices' existing = {
    name: 'default'
  }
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' existing = [for grant in productOnQueues: {
  parent: account::queueService
  name: grant.queue
}]

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource appStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in appOnStorage: {
  name: guid(account.id, appPrincipalId, roleIds[grant.role])
  scope: account
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    description: grant.reason
  }
}]

resource appVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in appOnVault: {
  name: guid(vault.id, appPrincipalId, roleIds[grant.role])
  scope: vault
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    description: grant.reason
  }
}]

resource appInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in appOnInsights: {
  name: guid(insights.id, appPrincipalId, roleIds[grant.role])
  scope: insights
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    description: grant.reason
  }
}]

resource operatorStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in operatorOnStorage: if (!empty(operatorPrincipalId)) {
  name: guid(account.id, operatorPrincipalId, roleIds[grant.role])
  scope: account
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    description: grant.reason
  }
}]

resource operatorVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in operatorOnVault: if (!empty(operatorPrincipalId)) {
  name: guid(vault.id, operatorPrincipalId, roleIds[grant.role])
  scope: vault
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    description: grant.reason
  }
}]

resource productQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (grant, index) in productOnQueues: if (!empty(productPrincipalId)) {
  name: guid(account.id, grant.queue, productPrincipalId, roleIds[grant.role])
  scope: queue[index]
  properties: {
    principalId: productPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    description: grant.reason
  }
}]
