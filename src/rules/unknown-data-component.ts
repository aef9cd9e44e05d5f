// Data components of ATT&CK exist.
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { edit } from './example.js';
import { defineRule } from './rule.js';

/** Names of the data components of MITRE ATT&CK Enterprise. */
const components = (
  'API Calls, Active DNS, Active Directory Credential Request, Active Directory Object Access, Active ' +
  'Directory Object Creation, Active Directory Object Deletion, Active Directory Object Modification, ' +
  'Application Assets, Application Log Content, Certificate Registration, Cloud Service Disable, Cloud ' +
  'Service Enumeration, Cloud Service Metadata, Cloud Service Modification, Cloud Storage Access, Cloud ' +
  'Storage Creation, Cloud Storage Deletion, Cloud Storage Enumeration, Cloud Storage Metadata, Cloud ' +
  'Storage Modification, Cluster Metadata, Command Execution, Container Creation, Container Enumeration, ' +
  'Container Metadata, Container Start, Domain Registration, Drive Access, Drive Creation, Drive ' +
  'Modification, Driver Load, Driver Metadata, File Access, File Creation, File Deletion, File Metadata, ' +
  'File Modification, Firewall Disable, Firewall Enumeration, Firewall Metadata, Firewall Rule ' +
  'Modification, Firmware Modification, Group Enumeration, Group Metadata, Group Modification, Host Status, ' +
  'Image Creation, Image Deletion, Image Metadata, Image Modification, Instance Creation, Instance ' +
  'Deletion, Instance Enumeration, Instance Metadata, Instance Modification, Instance Start, Instance Stop, ' +
  'Kernel Module Load, Logon Session Creation, Logon Session Metadata, Malware Content, Malware Metadata, ' +
  'Module Load, Named Pipe Metadata, Network Communication, Network Connection Creation, Network Share ' +
  'Access, Network Traffic Content, Network Traffic Flow, OS API Execution, Passive DNS, Permissions ' +
  'Request, Permissions Requests, Pod Creation, Pod Enumeration, Pod Metadata, Pod Modification, Process ' +
  'Access, Process Creation, Process Metadata, Process Modification, Process Termination, Protected ' +
  'Configuration, Response Content, Response Metadata, Scheduled Job Creation, Scheduled Job Metadata, ' +
  'Scheduled Job Modification, Script Execution, Service Creation, Service Metadata, Service Modification, ' +
  'Snapshot Creation, Snapshot Deletion, Snapshot Enumeration, Snapshot Metadata, Snapshot Modification, ' +
  'Social Media, System Notifications, System Settings, User Account Authentication, User Account Creation, ' +
  'User Account Deletion, User Account Metadata, User Account Modification, Volume Creation, Volume ' +
  'Deletion, Volume Enumeration, Volume Metadata, Volume Modification, WMI Creation, Web Credential ' +
  'Creation, Web Credential Usage, Windows Registry Key Access, Windows Registry Key Creation, Windows ' +
  'Registry Key Deletion, Windows Registry Key Modification'
).split(', ');

/** Further names that Splunk's content uses. */
const others = (
  'Certificate Metadata, Cloud Service Creation, Cloud Service Discovery, Cloud Service Usage, ' +
  'Configuration Modification, Email Metadata, Scheduled Job Execution, Security Policy Modification, ' +
  'System Configuration Changes'
).split(', ');

const known = new Set([...components, ...others]);

export const unknownDataComponent = defineRule({
  code: 'unknown-data-component',
  severity: 'warning',
  summary: 'A component of a data source is a data component of ATT&CK.',
  source:
    'MITRE ATT&CK Enterprise, data components; nine more names that published content has; contentctl 5.6 takes any',
  docs: 'The name is misspelled, or ATT&CK calls it otherwise: see the data components at attack.mitre.org.',
  examples: {
    pass: [{ title: 'components of ATT&CK', files: {} }],
    fail: [
      {
        title: 'letters that changed places',
        files: {
          'data_sources/sysmon_eventid_1.yml': edit('- Process Creation', '- Process Craetion'),
        },
        found: ['data_sources/sysmon_eventid_1.yml:8:3: unknown data component "Process Craetion"'],
      },
    ],
  },
  content(object, report) {
    if (object.kind !== 'dataSource') return;
    for (const [index, name] of object.mitreComponents.entries()) {
      if (known.has(name) || name.trim() === '') continue;
      const help = didYouMean(name, known);
      report(object.at.value(['mitreComponents', index]), `unknown data component "${name}"`, { help });
    }
  },
});
