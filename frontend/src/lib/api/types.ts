// The shapes of backend/customer, backend/desk, backend/workspace, backend/syncing
// and backend/backoffice/api as JSON. Generated models know strings only; these
// know which strings.

/** A moment in Unix milliseconds, UTC. Zero means never. */
export type Time = number;

export type Status = 'pending_activate' | 'activated' | 'locked';
export const statuses: readonly Status[] = ['pending_activate', 'activated', 'locked'];

export type MailKind = 'activation' | 'set_password' | 'reset_password' | 'username_changed';
export type MailState = 'queued' | 'sent' | 'saved' | 'failed' | 'cancelled';

export interface Customer {
  id: string;
  username: string;
  first_name: string;
  last_name: string;
  company: string;
  phone: string;
  website: string;
  street: string;
  postal_code: string;
  city: string;
  country: string;
  language: string;
  status: Status;
  lock_reason: string;
  notes: string;
  tags: string[];
  has_password: boolean;
  created_at: Time;
  activated_at: Time;
  last_login_at: Time;
  mail_kind: MailKind | '';
  mail_state: MailState | '';
  mail_error: string;
  mail_at: Time;
  link_expires_at: Time;
  revision: number;
}

/** The fields that a mutation holds; a missing one is not part of it. */
export interface Fields {
  username?: string;
  first_name?: string;
  last_name?: string;
  company?: string;
  phone?: string;
  website?: string;
  street?: string;
  postal_code?: string;
  city?: string;
  country?: string;
  language?: string;
  status?: Status;
  lock_reason?: string;
  notes?: string;
  tags?: string[];
}

export interface FieldError {
  code: string;
  field?: string;
  message: string;
  fields?: readonly FieldError[];
}

export interface Problem {
  mutation_id: string;
  outcome: 'conflict' | 'rejected';
  error?: FieldError | null;
  conflicts: string[];
  base: Fields;
  mine: Fields;
  theirs: Fields;
}

/** A customer with this desk's own waiting changes laid over it. */
export interface CustomerRecord {
  customer: Customer;
  waiting: boolean;
  /** All that waits may be at the Back Office already: none of it can be dropped. */
  sent: boolean;
  /** Dropping its changes removes the customer: the Back Office never heard of it. */
  drop_removes: boolean;
  problem?: Problem | null;
}

export const sortFields = [
  'name',
  'username',
  'company',
  'city',
  'country',
  'status',
  'created_at',
  'activated_at',
  'last_login_at',
] as const;
export type SortField = (typeof sortFields)[number];

export interface Query {
  text: string;
  status: Status | '';
  created_from: Time;
  created_to: Time;
  sort: SortField;
  descending: boolean;
  offset: number;
  limit: number;
}

export interface Row {
  id: string;
  username: string;
  first_name: string;
  last_name: string;
  company: string;
  phone: string;
  city: string;
  country: string;
  tags: string[];
  status: Status;
  created_at: Time;
  activated_at: Time;
  last_login_at: Time;
  lock_reason: string;
  mail_kind: MailKind | '';
  mail_state: MailState | '';
  link_expires_at: Time;
  waiting: boolean;
  needs_attention: boolean;
  /** Where the query's words were found. */
  matches: Match[];
}

/** Where words were found in a field: name, username, company, phone, city, notes or tags. */
export interface Match {
  field: string;
  /** The part of the notes around the match; empty for fields that the row holds. */
  text: string;
  /** The index of the tag, for tags; else zero. */
  tag: number;
  /** From and to, in UTF-16 code units, of the field's value or of text. */
  spans: [number, number][];
}

export interface Counts {
  all: number;
  pending_activate: number;
  activated: number;
  locked: number;
}

export interface Page {
  rows: Row[];
  total: number;
  counts: Counts;
  everything: number;
}

export interface Edit {
  new: boolean;
  base: Customer;
  customer: Customer;
  password: string;
  /** The mutation id of the problem that the dialog showed; empty for none. */
  settles: string;
}

export type DatePreset = '' | 'today' | '7d' | '30d' | 'this_month' | 'this_year' | 'custom';

export interface ListView {
  text: string;
  status: Status | '';
  date_preset: DatePreset;
  date_from: string;
  date_to: string;
  sort: SortField;
  descending: boolean;
  columns: readonly Column[];
}

export type ColumnField = SortField | 'phone' | 'tags';

export interface Column {
  field: ColumnField;
  /** In pixels; zero for what it takes by itself. */
  width: number;
}

export interface SavedView {
  id: string;
  name: string;
  view: ListView;
}

/** What stands beside the list. */
export interface ListLayout {
  hide_views: boolean;
  show_pane: boolean;
}

export interface Destination {
  id: string;
  title: string;
}

export interface LogInAsOptions {
  destinations: Destination[];
  reasons: string[];
}

export type EventKind =
  | 'created'
  | 'moved'
  | 'changed'
  | 'status_changed'
  | 'mail_queued'
  | 'mail_sent'
  | 'mail_saved'
  | 'mail_failed'
  | 'link_copied'
  | 'activated'
  | 'logged_in'
  | 'visited'
  | 'visit_ended'
  | 'password_changed';

export interface Actor {
  kind: 'partner' | 'customer' | 'system';
  id: string;
  name: string;
}

export interface FieldChange {
  field: string;
  from: string;
  to: string;
}

export interface CustomerEvent {
  id: number;
  customer_id: string;
  at: Time;
  kind: EventKind;
  actor: Actor;
  visit: boolean;
  changes: FieldChange[];
  detail: string;
  mail_kind: MailKind | '';
}

export interface Events {
  events: CustomerEvent[];
  /** Ask older events with it; zero when there are none. */
  before: number;
}

export interface Mail {
  id: string;
  customer_id: string;
  kind: MailKind;
  to: string;
  subject: string;
  state: MailState;
  error: string;
  attempts: number;
  created_at: Time;
  sent_at: Time;
  next_attempt_at: Time;
  text: string;
  link: string;
  link_expires_at: Time;
}

export interface ActivationMail {
  kind: MailKind;
  /** Empty when nothing was mailed. */
  state: MailState | '';
  link: string;
  expires_at: Time;
}

export interface MonthFigures {
  /** "2026-03"; empty for no single one. */
  month: string;
  begins: Time;
  created: number;
  activated: number;
}

/** All customers in figures. */
export interface CustomerOverview {
  counts: Counts;
  /** The last 24, the oldest first. */
  months: MonthFigures[];
  /** Before the first of the months. */
  earlier: MonthFigures;
}

/** A log-in as a customer, open or over. */
export interface PastVisit {
  customer_id: string;
  customer_name: string;
  company: string;
  member_name: string;
  reason: string;
  at: Time;
}

export interface Visit {
  id: string;
  customer_id: string;
  customer_name: string;
  company: string;
  partner_name: string;
  /** Who is visiting. */
  member_id: string;
  member_name: string;
  reason: string;
  started_at: Time;
  expires_at: Time;
}

export interface Strength {
  score: number;
  title: string;
  hint: string;
  acceptable: boolean;
}

export type Screen = 'welcome' | 'sign_in' | 'list' | 'problem';

export type WorkspaceKind = 'local' | 'sample' | 'shared';

export type Role = 'owner' | 'manager' | 'support';
export const roles: readonly Role[] = ['owner', 'manager', 'support'];

export interface WorkspaceInfo {
  id: string;
  kind: WorkspaceKind | '';
  partner_name: string;
  /** Who signs in: the partner itself on this computer, a member elsewhere. */
  partner_username: string;
  /** Of a shared Back Office; else empty. */
  member_id: string;
  member_name: string;
  role: Role;
  /** Of a shared Back Office, as it calls itself; else empty. */
  office_name: string;
  /** Where this desk reaches the Back Office. */
  address: string;
  /** The user signed out here: the list shows only after signing in. */
  signed_out: boolean;
  /** Its customers were moved to this shared Back Office; else empty. */
  moved_to: string;
}

/** A workspace that this computer knows. */
export interface KnownWorkspace {
  id: string;
  kind: WorkspaceKind;
  partner_name: string;
  partner_username: string;
  office_name: string;
  /** Of a shared Back Office; empty for the one on this computer. */
  address: string;
  open: boolean;
  moved_to: string;
}

export interface Connection {
  address: string;
  username: string;
  password: string;
}

export interface WorkspaceState {
  screen: Screen;
  workspace: WorkspaceInfo;
  /** All workspaces of this computer, the sample never among them. */
  known: KnownWorkspace[];
  signed_in: boolean;
  keyring?: FieldError | null;
  problem?: FieldError | null;
  /** When the newest backup of data that can't be opened was made. */
  backup: Time;
  version: string;
}

export interface Owner {
  name: string;
  username: string;
  password: string;
}

export type Security = 'starttls' | 'tls' | 'none';

export interface MailSettings {
  use_smtp: boolean;
  host: string;
  port: number;
  security: Security | '';
  username: string;
  from_name: string;
  from_address: string;
  password: string;
  has_password: boolean;
  folder: string;
}

export interface WaitingChange {
  mutation_id: string;
  customer_id: string;
  kind: 'create' | 'update';
  name: string;
  first_name: string;
  last_name: string;
  username: string;
  company: string;
  /** The names of the fields that it changes. */
  fields: string[];
  edit: boolean;
  activation_mail: boolean;
  lock: boolean;
  /** What it makes of the status, and what that was before; empty for neither. */
  status: Status | '';
  was_status: Status | '';
  set_password_mail: boolean;
  /** The old and the new address are told of a new username. */
  both_addresses: boolean;
  /** It may be at the Back Office already and can't be dropped until it is answered. */
  sent: boolean;
  made_at: Time;
  problem?: Problem | null;
}

export interface WaitingPage {
  changes: WaitingChange[];
  total: number;
}

export type Side = 'mine' | 'theirs';

export interface Member {
  id: string;
  username: string;
  name: string;
  role: Role;
  disabled: boolean;
  created_at: Time;
  last_sign_in_at: Time;
}

export interface NewMember {
  username: string;
  name: string;
  role: Role;
  password: string;
}

/** What is missing stays as it is. */
export interface MemberChange {
  name?: string;
  role?: Role;
  password?: string;
  disabled?: boolean;
}

export interface MoveRequest {
  address: string;
  username: string;
  password: string;
  /** Mail a fresh link to customers who are Pending Activate or have no password. */
  mail_pending: boolean;
}

export interface RefusedMove {
  customer_id: string;
  name: string;
  username: string;
  message: string;
}

/** A move of this computer's workspace to a shared Back Office. */
export interface MoveState {
  phase: 'none' | 'running' | 'stopped' | 'done';
  /** Where it goes or went; empty for none. */
  address: string;
  username: string;
  total: number;
  moved: number;
  /** The first hundred that were refused, and how many there are. */
  refused: RefusedMove[];
  refused_total: number;
  /** Pending customers whose old links no longer lead anywhere. */
  pending: number;
  /** Why it stopped. */
  problem?: FieldError | null;
}

export type SyncPhase = 'saved' | 'waiting' | 'syncing' | 'offline' | 'signed_out';

export interface SyncState {
  phase: SyncPhase;
  total: number;
  creates: number;
  edits: number;
  activation_mails: number;
  locks: number;
  needs_attention: number;
  offline_since: Time;
  message: string;
  /** While many customers are fetched, how many are here and how many there are; zero otherwise. */
  fetched: number;
  to_fetch: number;
}

export interface UpdateSettings {
  on: boolean;
  /** Of the signed manifest. */
  address: string;
}

export interface UpdateState {
  /** Whether this program can tell what its publisher signed. */
  possible: boolean;
  settings: UpdateSettings;
  /** A version that comes after this one; empty when none is known. */
  newest: string;
  /** A page about it; empty for none. */
  notes: string;
  checked_at: Time;
  /** Why the last look failed; empty when it did not. */
  problem: string;
}

export type Theme = 'light' | 'dark';

/** The customers that an action is for: of ids or, with a query, all that match it but except. */
export interface Selection {
  ids: string[];
  query: Query | null;
  except: string[];
}

/** What can stand at a place of a search text. */
export interface Completion {
  /** From and to bound what a choice replaces, in UTF-16 code units. */
  from: number;
  to: number;
  choices: Choice[];
}

export interface Choice {
  text: string;
  note: string;
}

/** Something that the user did and may take back as a whole. */
export interface Action {
  id: string;
  kind: 'edit' | 'bulk' | 'import';
  title: string;
  made_at: Time;
}

/** Why something was left as it is, by an undo, a redo or a bulk change. */
export type Left =
  | 'changed_since'
  | 'on_its_way'
  | 'at_back_office'
  | 'in_conflict'
  | 'username_taken'
  | 'not_there'
  | 'too_many_tags'
  | 'no_link_needed'
  | 'not_yet_there'
  | 'status_waiting';

export type LeftCounts = Partial<Record<Left, number>>;

export interface BulkChange {
  kind: 'status' | 'add_tags' | 'remove_tags' | 'resend';
  status: Status | '';
  lock_reason: string;
  tags: string[];
}

/** What a bulk change does, or did. */
export interface BulkFigures {
  total: number;
  changed: number;
  /** Who is so already. */
  already: number;
  left: LeftCounts;
  /** Mails that go out because of it. */
  activation_mails: number;
  set_password_mails: number;
}

export interface BulkFailure {
  customer_id: string;
  name: string;
  message: string;
}

export interface BulkResult extends BulkFigures {
  action: Action;
  cancelled: boolean;
  /** Customers that were still to be gone over. */
  rest: number;
  /** At most 100 of failed_count. */
  failed: BulkFailure[];
  failed_count: number;
  /** Why it ended before all were done. */
  stopped: FieldError | null;
}

/** Something that takes a while, with many customers; one at a time. */
export interface Job {
  id: string;
  title: string;
  done: number;
  total: number;
  running: boolean;
}

export interface PastAction extends Action {
  /** Changes that can be taken back, and changes that were. */
  done: number;
  undone: number;
  /** Why its only change can't be taken back. */
  blocked: Left | '';
}

/** What an undo and a redo would be about. */
export interface History {
  undo: PastAction | null;
  redo: PastAction | null;
  refused: FieldError | null;
}

/** What became of an undo or a redo. */
export interface Reversed {
  action: Action;
  changed: number;
  left: LeftCounts;
  activation_mails: number;
  set_password_mails: number;
  mails_sent: number;
  mails_saved: number;
  passwords: number;
  /** Who is at the Back Office already, and can be locked instead. */
  stay: string[];
  cancelled: boolean;
  rest: number;
}
