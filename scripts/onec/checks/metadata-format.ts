/** The root of every metadata file of the Designer, format 2.17 (platform 8.3.24). */
export const FORMAT_VERSION = '2.17';

/** `xmlns` of the roots. */
export const ROOT_NAMESPACES: Readonly<Record<string, string>> = {
  MetaDataObject: 'http://v8.1c.ru/8.3/MDClasses',
  Rights: 'http://v8.1c.ru/8.2/roles',
  Form: 'http://v8.1c.ru/8.3/xcf/logform',
};

/** `xr:ClassId` of the parts of a configuration, in their order. */
export const CLASS_IDS = [
  '9cd510cd-abfc-11d4-9434-004095e12fc7',
  '9fcd25a0-4822-11d4-9414-008048da11f9',
  'e3687481-0a87-462c-a166-9f34594f9bba',
  '9de14907-ec23-4a07-96f0-85521cb6b53b',
  '51f2d5d8-ea4d-4064-8892-82951750031e',
  'e68182ea-4237-4383-967f-90c1e3370bc7',
  'fb282519-d103-4dd3-bc12-cb271d631dfc',
];

/** The kinds of objects that the extension has, in the order of `ChildObjects`, with the folder of each. */
export const FOLDERS: Readonly<Record<string, string>> = {
  Language: 'Languages',
  Subsystem: 'Subsystems',
  Role: 'Roles',
  CommonModule: 'CommonModules',
  HTTPService: 'HTTPServices',
  Constant: 'Constants',
  Enum: 'Enums',
  DataProcessor: 'DataProcessors',
  InformationRegister: 'InformationRegisters',
};

const NAMING = 'Name Synonym Comment';
const EDITING = 'PasswordMode Format EditFormat ToolTip MarkNegatives Mask MultiLine ExtendedEdit MinValue MaxValue';
const CHOICE = 'ChoiceFoldersAndItems ChoiceParameterLinks ChoiceParameters QuickChoice';
const HISTORY = 'DataHistory UpdateDataHistoryImmediatelyAfterWrite ExecuteAfterWriteDataHistoryVersionProcessing';
const PRESENTATIONS = 'ListPresentation ExtendedListPresentation Explanation';
const FIELD = `${NAMING} Type ${EDITING} FillFromFillingValue FillValue FillChecking ${CHOICE} CreateOnInput ChoiceForm LinkByType ChoiceHistoryOnInput`;

/** The properties of each kind of element, all of them, in the order of the platform's own dumps. */
export const PROPERTY_ORDER: Readonly<Record<string, string>> = {
  Configuration:
    'ObjectBelonging Name Synonym Comment ConfigurationExtensionPurpose KeepMappingToExtendedConfigurationObjectsByIDs NamePrefix ' +
    'ConfigurationExtensionCompatibilityMode ScriptVariant Vendor Version BriefInformation DetailedInformation Copyright ' +
    'VendorInformationAddress ConfigurationInformationAddress',
  Language: 'ObjectBelonging Name Comment LanguageCode',
  Subsystem: `${NAMING} IncludeHelpInContents IncludeInCommandInterface UseOneCommand Explanation Picture Content`,
  Role: NAMING,
  CommonModule: `${NAMING} Global ClientManagedApplication Server ExternalConnection ClientOrdinaryApplication ServerCall Privileged ReturnValuesReuse`,
  HTTPService: `${NAMING} RootURL ReuseSessions SessionMaxAge`,
  URLTemplate: `${NAMING} Template`,
  Method: `${NAMING} HTTPMethod Handler`,
  Constant: `${NAMING} Type UseStandardCommands DefaultForm ExtendedPresentation Explanation ${EDITING} FillChecking ${CHOICE} ChoiceForm LinkByType ChoiceHistoryOnInput DataLockControlMode ${HISTORY}`,
  Enum: `${NAMING} UseStandardCommands Characteristics QuickChoice ChoiceMode DefaultListForm DefaultChoiceForm AuxiliaryListForm AuxiliaryChoiceForm ${PRESENTATIONS} ChoiceHistoryOnInput`,
  EnumValue: NAMING,
  DataProcessor: `${NAMING} UseStandardCommands DefaultForm AuxiliaryForm IncludeHelpInContents ExtendedPresentation Explanation`,
  Form: `${NAMING} FormType IncludeHelpInContents UsePurposes ExtendedPresentation`,
  InformationRegister:
    `${NAMING} UseStandardCommands EditType DefaultRecordForm DefaultListForm AuxiliaryRecordForm AuxiliaryListForm ` +
    'InformationRegisterPeriodicity WriteMode MainFilterOnPeriod IncludeHelpInContents DataLockControlMode FullTextSearch ' +
    `EnableTotalsSliceFirst EnableTotalsSliceLast RecordPresentation ExtendedRecordPresentation ${PRESENTATIONS} ${HISTORY}`,
  Dimension: `${FIELD} Master MainFilter DenyIncompleteValues Indexing FullTextSearch DataHistory`,
  Resource: `${FIELD} Indexing FullTextSearch DataHistory`,
};

/** The categories of the types that the platform generates for an object, in their order. */
export const GENERATED_TYPES: Readonly<Record<string, string>> = {
  Constant: 'Manager ValueManager ValueKey',
  Enum: 'Ref Manager List',
  DataProcessor: 'Object Manager',
  InformationRegister: 'Record Manager Selection List RecordSet RecordKey RecordManager',
};

/** The rights that a role may give on an object; more than these the extension has no use for. */
export const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  HTTPService: ['Use'],
  Subsystem: ['View'],
  Constant: ['Read', 'Update', 'View', 'Edit'],
  DataProcessor: ['Use', 'View'],
  InformationRegister: ['Read', 'Update', 'View', 'Edit'],
};
