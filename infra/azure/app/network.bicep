// Optional: the app in a network of its own, storage and vault reached only from inside it.
param name string
param location string
param tags object
param storageAccountName string
param vaultName string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

var storageSuffix = environment().suffixes.storage
var endpoints = [
  { part: 'blob', zone: 'privatelink.blob.${storageSuffix}', target: account.id }
  { part: 'queue', zone: 'privatelink.queue.${storageSuffix}', target: account.id }
  { part: 'table', zone: 'privatelink.table.${storageSuffix}', target: account.id }
  // Not the suffix that environment() knows: the private zone's name has "vaultcore".
  { part: 'vault', zone: 'privatelink.vaultcore.azure.net', target: vault.id }
]

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          // Flex Consumption asks for /27 at least.
          addressPrefix: '10.0.0.0/24'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.0.1.0/27'
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [for endpoint in endpoints: {
  name: endpoint.zone
  location: 'global'
  tags: tags
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (endpoint, index) in endpoints: {
  parent: zone[index]
  name: name
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}]

resource privateEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [for endpoint in endpoints: {
  name: 'pe-${endpoint.part}-${name}'
  location: location
  tags: tags
  properties: {
    subnet: { id: '${network.id}/subnets/endpoints' }
    privateLinkServiceConnections: [
      {
        name: endpoint.part
        properties: { privateLinkServiceId: endpoint.target, groupIds: [endpoint.part] }
      }
    ]
  }
}]

resource record 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (endpoint, index) in endpoints: {
  parent: privateEndpoint[index]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [{ name: endpoint.part, properties: { privateDnsZoneId: zone[index].id } }]
  }
}]

output appSubnetId string = '${network.id}/subnets/app'
