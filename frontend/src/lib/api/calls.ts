// The bound methods of app.go, typed. Each rejects with an AppError only.
import * as app from '$wails/go/main/App';

import { toAppError } from './error';
import type {
  ExportRequest,
  ExportState,
  ImportFile,
  ImportPage,
  ImportPlan,
  ImportState,
  Reading,
  RowKind,
} from './tables';
import type {
  ActivationMail,
  BulkChange,
  BulkFigures,
  BulkResult,
  Completion,
  Connection,
  Customer,
  CustomerOverview,
  CustomerRecord,
  Edit,
  Events,
  FieldError,
  Fields,
  History,
  Job,
  ListLayout,
  ListView,
  LogInAsOptions,
  Mail,
  MailSettings,
  Member,
  MemberChange,
  NewMember,
  MoveRequest,
  MoveState,
  Owner,
  PastVisit,
  Page,
  Query,
  RefusedMove,
  Reversed,
  SavedView,
  Selection,
  Side,
  Strength,
  SyncState,
  Theme,
  UpdateSettings,
  UpdateState,
  Visit,
  WaitingPage,
  WorkspaceState,
} from './types';

async function call<T>(answer: Promise<unknown>): Promise<T> {
  try {
    return (await answer) as T;
  } catch (reason) {
    throw toAppError(reason);
  }
}

/** The parameters that a bound method was generated with. */
type Args<Method extends (...args: never[]) => unknown> = Parameters<Method>;

// Workspace
export const state = () => call<WorkspaceState>(app.State());
export const useThisComputer = (owner: Owner) => call<WorkspaceState>(app.UseThisComputer(owner));
export const useSample = () => call<WorkspaceState>(app.UseSample());
export const leaveWorkspace = () => call<WorkspaceState>(app.LeaveWorkspace());
export const restoreBackup = () => call<WorkspaceState>(app.RestoreBackup());
export const signIn = (password: string) => call<WorkspaceState>(app.SignIn(password));
export const workOffline = () => call<WorkspaceState>(app.WorkOffline());
export const connect = (to: Connection) => call<WorkspaceState>(app.Connect(to));
export const openWorkspace = (id: string) => call<WorkspaceState>(app.OpenWorkspace(id));
export const forgetWorkspace = (id: string, dropChanges: boolean) =>
  call<WorkspaceState>(app.ForgetWorkspace(id, dropChanges));
export const signOut = () => call<WorkspaceState>(app.SignOut());
export const checkKeyring = () => call<WorkspaceState>(app.CheckKeyring());
export const theme = () => call<Theme | ''>(app.Theme());
export const copyText = (text: string) => call<undefined>(app.CopyText(text));

export const pageReady = () => call<undefined>(app.PageReady());
/** Tells the native menus which actions there are. */
export const offerActions = (ids: string[]) => call<undefined>(app.OfferActions(ids));
/** The customer that a link from outside asks to open, once; empty for none. */
export const openedLink = () => call<string>(app.OpenedLink());

// Newer versions
export const updateState = () => call<UpdateState>(app.UpdateState());
export const saveUpdateSettings = (s: UpdateSettings) =>
  call<UpdateState>(app.SaveUpdateSettings(s));
export const lookForUpdate = () => call<UpdateState>(app.LookForUpdate());
export const openReleaseNotes = () => call<undefined>(app.OpenReleaseNotes());

// Members
export const members = () => call<Member[]>(app.Members());
export const addMember = (member: NewMember) => call<Member>(app.AddMember(member));
export const changeMember = (id: string, change: MemberChange) =>
  call<Member>(app.ChangeMember(...([id, change] as unknown as Args<typeof app.ChangeMember>)));

// Passwords
export const changePassword = (current: string, next: string) =>
  call<undefined>(app.ChangePassword(current, next));
export const passwordStrength = (password: string, known: string[]) =>
  call<Strength>(app.PasswordStrength(password, known));
export const passwordTips = () => call<string[]>(app.PasswordTips());
export const generatePassword = () => call<string>(app.GeneratePassword());

// Customers
export const listCustomers = (query: Query) => call<Page>(app.ListCustomers(query));
/** What can stand at the caret, which counts as a page does. */
export const completeSearch = (text: string, caret: number) =>
  call<Completion>(app.CompleteSearch(text, caret));
/** The ids of the rows from the query's offset on, limit at most, in order. */
export const customerIDs = (query: Query) => call<string[]>(app.CustomerIDs(query));
export const countSelected = (selection: Selection) =>
  call<number>(app.CountSelected(...([selection] as unknown as Args<typeof app.CountSelected>)));
export const customer = (id: string) => call<CustomerRecord>(app.Customer(id));
export const newCustomer = () => call<Customer>(app.NewCustomer());
export const checkCustomer = (edit: Edit) =>
  call<FieldError[]>(app.CheckCustomer(...([edit] as unknown as Args<typeof app.CheckCustomer>)));
export const saveCustomer = (edit: Edit) =>
  call<CustomerRecord>(app.SaveCustomer(...([edit] as unknown as Args<typeof app.SaveCustomer>)));
export const discardChange = (id: string) => call<undefined>(app.DiscardChange(id));
export const waitingChanges = (attention: boolean, offset: number) =>
  call<WaitingPage>(app.WaitingChanges(attention, offset));
/** Seen is theirs as the user saw it: the choice does not count for another value. */
export const resolveConflict = (id: string, keep: Record<string, Side>, seen: Fields) =>
  call<CustomerRecord>(
    app.ResolveConflict(...([id, keep, seen] as unknown as Args<typeof app.ResolveConflict>)),
  );
export const events = (id: string, before: number) => call<Events>(app.Events(id, before));

// Mails
export const resendMail = (id: string) => call<ActivationMail>(app.ResendMail(id));
export const copyLink = (id: string) => call<ActivationMail>(app.CopyLink(id));
export const mails = (id: string) => call<Mail[]>(app.Mails(id));
export const openMail = (customerID: string, mailID: string) =>
  call<undefined>(app.OpenMail(customerID, mailID));
export const mailSettings = () => call<MailSettings>(app.MailSettings());
export const saveMailSettings = (s: MailSettings) => call<MailSettings>(app.SaveMailSettings(s));
export const sendTestMail = (s: MailSettings, to: string) =>
  call<undefined>(app.SendTestMail(s, to));

// Moving to a shared Back Office
export const startMove = (request: MoveRequest) => call<MoveState>(app.StartMove(request));
export const moveState = () => call<MoveState>(app.MoveState());
/** All of them, also those that the state leaves out. */
export const refusedCustomers = () => call<RefusedMove[]>(app.RefusedCustomers());
export const stopMove = () => call<MoveState>(app.StopMove());
export const resumeMove = (password: string) => call<MoveState>(app.ResumeMove(password));
export const giveUpMove = () => call<MoveState>(app.GiveUpMove());

// Import and export
/** Asks for a file; its path is empty when the user chose none. */
export const chooseImport = () => call<ImportFile>(app.ChooseImport());
/** The file that was dropped on the window; its path is empty when none was. */
export const openDropped = () => call<ImportFile>(app.OpenDropped());
export const readImport = (reading: Reading) =>
  call<ImportFile>(app.ReadImport(...([reading] as unknown as Args<typeof app.ReadImport>)));
export const rehearse = (plan: ImportPlan) => call<ImportState>(app.Rehearse(plan));
export const importState = () => call<ImportState>(app.ImportState());
export const importRows = (kind: RowKind, offset: number, limit: number) =>
  call<ImportPage>(app.ImportRows(kind, offset, limit));
export const runImport = (mails: boolean) => call<ImportState>(app.RunImport(mails));
export const cancelImport = () => call<undefined>(app.CancelImport());
export const closeImport = () => call<undefined>(app.CloseImport());
/** How many rows were saved; zero when the user chose no place. */
export const saveFailed = () => call<number>(app.SaveFailed());
export const startExport = (request: ExportRequest) =>
  call<ExportState>(app.StartExport(...([request] as unknown as Args<typeof app.StartExport>)));
export const exportState = () => call<ExportState>(app.ExportState());
export const cancelExport = () => call<undefined>(app.CancelExport());

// Log in as
export const logInAsOptions = () => call<LogInAsOptions>(app.LogInAsOptions());
export const logInAs = (id: string, reason: string, destination: string) =>
  call<undefined>(app.LogInAs(id, reason, destination));
export const visits = () => call<Visit[]>(app.Visits());
export const endVisit = (id: string) => call<undefined>(app.EndVisit(id));

// Overview
export const customerOverview = () => call<CustomerOverview>(app.CustomerOverview());
export const recentVisits = () => call<PastVisit[]>(app.RecentVisits());

// The list and its sync
export const listView = () => call<ListView>(app.ListView());
export const saveListView = (view: ListView) =>
  call<undefined>(app.SaveListView(...([view] as unknown as Args<typeof app.SaveListView>)));
/** Null when none were ever kept. */
export const savedViews = () => call<SavedView[] | null>(app.SavedViews());
export const saveViews = (views: readonly SavedView[]) =>
  call<undefined>(app.SaveViews(...([views] as unknown as Args<typeof app.SaveViews>)));
export const listLayout = () => call<ListLayout>(app.ListLayout());
export const saveListLayout = (layout: ListLayout) => call<undefined>(app.SaveListLayout(layout));
export const syncState = () => call<SyncState>(app.SyncState());
export const syncNow = () => call<undefined>(app.SyncNow());

// Many customers, and taking back
export const previewBulk = (of: Selection, change: BulkChange) =>
  call<BulkFigures>(app.PreviewBulk(...([of, change] as unknown as Args<typeof app.PreviewBulk>)));
export const runBulk = (of: Selection, change: BulkChange) =>
  call<BulkResult>(app.RunBulk(...([of, change] as unknown as Args<typeof app.RunBulk>)));
export const job = () => call<Job>(app.Job());
export const cancelJob = (id: string) => call<undefined>(app.CancelJob(id));
export const history = () => call<History>(app.History());
/** What was done last: that action, or with an empty id any. */
export const undo = (action: string) => call<Reversed>(app.Undo(action));
export const redo = (action: string) => call<Reversed>(app.Redo(action));
