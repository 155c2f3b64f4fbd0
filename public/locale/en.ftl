## time

time-just-now = just now

## error

error-missing-required = Fill this in to go on.
error-not-a-number = “{ $value }” is not a number.
error-not-an-amount = “{ $value }” is not an amount of money in one currency.
error-not-a-date = { $ambiguous ->
    [yes] “{ $value }” can be two days. Write { $one } or { $other }.
   *[no] “{ $value }” is not a date. Write it as 2026-11-22.
  }
error-not-an-instant = { $ambiguous ->
    [yes] “{ $value }” can be two days. Write { $one } or { $other }.
   *[no] “{ $value }” is not a date with a time. Write it as 2026-11-22 14:30.
  }
error-not-a-duration = “{ $value }” is not a length of time. Write it as 1h 30m.
error-not-a-flag = “{ $value }” is neither yes nor no.
error-not-an-option = “{ $value }” is not one of the options.
error-not-a-phone = “{ $value }” is not a telephone number.
error-not-an-email = “{ $value }” is not an e-mail address.
error-not-a-url = “{ $value }” is not a web address.
error-not-a-place = “{ $value }” is not an address or position.
error-no-such-link = Nothing is called “{ $value }”.
error-stands-above-itself = “{ $title }” would come to stand above itself
error-ambiguous-link = { $count } records are called “{ $value }”. Pick one.
error-wrong-entity = This field does not take a record of that kind.
error-wrong-type = This value does not fit the field.
error-too-small = At least { $min }.
error-too-large = At most { $max }.
error-too-long = At most { $max } characters.
error-too-precise = At most { $max } digits after the point.
error-pattern-mismatch = This does not have the form that the field asks for.
error-not-unique = “{ $value }” is taken by { $title }.
error-check-failed = This does not meet the field’s condition.
error-too-few-lines = At least { $min } lines are needed.
error-too-many-lines = At most { $max } lines.
error-missing-label = Nothing is written here in { $language ->
    [en] English
   *[zh-CN] Chinese
 }.
error-missing-message = This check does not say in { $language ->
    [en] English
   *[zh-CN] Chinese
 } what is wrong. Write its message.
error-asked-twice = The form asks for “{ $name }” twice. Remove one of them.
error-not-asked = “{ $name }” has to be filled in, but the form does not ask for it.
error-nothing-offered = This rule offers no option at all.
error-never-shown = Nobody ever gets to see this: its condition cannot be met.
error-empty-part = There is nothing here yet.
error-required-but-hidden = “{ $name }” has to be filled in exactly when it is not shown.
error-required-and-hidden = “{ $name }” always has to be filled in, but is not always shown.
error-required-but-locked = “{ $name }” has to be filled in, but it is read-only and nothing fills it in.
error-visitors-search = Whoever fills this in can search the names of { $name }. On a public form or a kiosk, turn that off.
error-visitors-cannot-choose = Nobody can answer this: searching { $name } is not allowed here, and nothing fills it in.
error-reads-later = This depends on “{ $name }”, which comes on a later page.
error-read-only = This field is filled in by the workspace itself.
error-unknown-entity = There is no “{ $name }” in this workspace.
error-unknown-field = There is no field “{ $name }”.
error-unknown-record = This record is gone.
error-unknown-definition = There is no “{ $name }”.
error-record-exists = This record is there already.
error-formula-syntax = This formula cannot be read: { $detail ->
    [operator-missing] an operator is missing here.
    [operand-missing] something is missing here.
    [unexpected-sign] this sign does not belong here.
    [unclosed-text] the closing quotation mark is missing.
    [not-a-number] this is not a number.
    [empty-name] there is no name between the brackets.
    [unclosed-name] the closing bracket of the name is missing.
    [nothing-to-close] there is no bracket to close.
    [wrong-bracket] this bracket does not match the one that it closes.
    [unclosed-bracket] this bracket is never closed.
    [ends-early] it ends too early.
    [empty] it is empty.
    [let-name] a name is wanted here.
   *[other] please check how it is written.
 }
error-unknown-function = There is no function { $name }.
error-argument-count = { $name } takes between { $min } and { $max } arguments, not { $found }.
error-type-mismatch = A { $expected } is wanted here, not a { $found }.
error-unknown-name = “{ $name }” is no field, link or list.
error-ambiguous-name = “{ $name }” could mean several things. Name the list by its own label.
error-formula-too-large = This formula is too long or too deep.
error-cycle = These fields compute each other in a circle: { $path }.
error-endless-rules = These rules keep waking each other: { $rules }. Nothing was changed.
error-duplicate-id = “{ $name }” is there twice.
error-still-used = “{ $name }” is still in use.
error-still-pointed-at = “{ $name }” is still needed in { $by }: by { $count ->
    [one] “{ $example }”
   *[other] { $count } records, such as “{ $example }”
}. Choose another one there first.
error-needed-by = “{ $by }” needs “{ $name }”. Change that first.
error-values-lost = { $count ->
    [one] One value of “{ $name }” would be lost. Nothing was changed.
   *[other] { $count } values of “{ $name }” would be lost. Nothing was changed.
}
error-invalid-pattern = “{ $pattern }” is not a regular expression. Look for a bracket that is not closed.
error-invalid-definition = This is not complete: { $detail ->
    [operand-one] one value to compare with is missing.
    [operand-two] two values to compare with are needed, the smaller first.
    [triggers] a rule needs to know when to run.
    [assignee] somebody to assign it to is missing.
    [no-tasks] nothing says where tasks are kept.
    [no-notices] nothing says where notices are kept.
    [form-id] a form’s id is made of letters, digits, _ and -.
    [form-published] what was published stays as it is. Publish a new edition.
    [form-post] answers are posted to an https address, or to one on this device (localhost).
    [columns] a section has one to four columns.
    [not-computed] this field is not computed.
    [asks-who] this field is kept for everybody, so it cannot ask who looks at it.
   *[other] { $detail }
 }
error-not-convertible = This record cannot be converted, or it has been already.
error-nothing-to-undo = There is nothing to undo.
error-nothing-to-redo = There is nothing to redo.
error-clash = “{ $title }” has been changed since. Nothing was overwritten.
error-needs-removed = “{ $title }” cannot come back: it needs a record that has been removed since. Bring that one back first.
error-link-dropped = “{ $title }” has come back without its link in “{ $field }”: that record has been removed since.
error-malformed = This cannot be read: { $detail ->
    [text-is-expected] a text is expected.
    [argument-is-no-json] an argument cannot be written as JSON.
    [id-is-a-uuid] the id of a record is a UUID.
    [batch-is-a-uuid] a batch is a UUID.
    [mode-is-replace-or-merge] the mode is “replace” or “merge”.
    [format-is-csv] the format is “csv”.
    [option-is-unknown] there is no such option.
    [trial-is-a-number-or-true] a trial is a number of rows, or true.
    [match-is-a-field-or-several] a match is a field, a list of fields, or on and found.
    [values-are-an-object] values are an object.
    [mapping-is-an-object] a mapping is an object.
    [no-such-column] there is no such column.
    [measure-needs-a-field] this measure needs a field.
   *[other] { $detail }
 }
error-no-rows = There is nothing to import: no row stands below the column names.
error-no-columns = There is nothing to import: no column goes into a field.
error-unclosed-quote = { $count ->
    [0] A quotation mark in this row is not closed. Close it, or take it away.
    [one] A quotation mark that begins in this row is not closed where it should be, so the next line was read as part of it. Close it, or take it away.
   *[other] A quotation mark that begins in this row is not closed where it should be, so the next { $count } lines were read as part of it. Close it, or take it away.
 }
error-too-many-cells = { $count ->
    [one] There is { $count } cell more than headings
   *[other] There are { $count } cells more than headings
 }, from “{ $value }” on. Look for a separator within a cell: such a cell belongs in quotation marks.
error-not-an-answer = This is no answer to a form.
error-answer-cut-short = This answer is not whole. Copy all of it.
error-answer-changed = This answer was changed or damaged on its way. Ask for it again.
error-answer-foreign = This answer is for a form that is not in this workspace: { $form }, edition { $edition }.
error-too-new = This was made by a newer version ({ $found }; this one knows { $known }).
error-pack-installed = “{ $name }” is installed already.
error-not-saved = This could not be written: { $detail ->
    [page-is-closing] the page is closing
    [changes-wait] changes wait to be saved
   *[other] { $detail }
 }. It is kept in memory until it can.

## toast

toast-beginning = This is where the workspace began. To start over, go to Settings › Storage.
toast-turning = Turning { $count } changes round. This takes a few seconds…
toast-undone = Undone: { $what }
toast-redone = Done again: { $what }
toast-put-back = The stored data had been cleared. What you see is kept again; earlier history and attached files are not.
toast-import-finished = The import is done: { $count } rows are in, { $rejected } were rejected. Its page has the report.
toast-import-refused = The import could not begin. Its page says why.
toast-history-missing = The history could not be read whole, so this snapshot is without it. A rescue export holds what is left of it.
toast-files-missing = Files that could not be read: { $count }. The snapshot names them.
toast-clash = “{ $title }” was changed in another tab. Your change to it was not made.
toast-withheld = The rule “{ $rule }” could not do all that it should. The timeline says why.
toast-import-torn = The import ended when the page was left. What was taken in by then is kept, and History can undo it: { $what }
toast-import-torn-none = The import ended when the page was left. Nothing had been taken in.

## part
part-close = Close
part-messages = Messages
part-undo = Undo
part-redo = Redo
part-open = Open

## banner
banner-retry = Try again
banner-export = Export…
banner-reload = Reload
banner-not-kept = This browser keeps nothing.
banner-not-kept-do = You can work, but everything goes when you close this page. Export before you leave.
banner-gone = The browser has lost the workspace of this device.
banner-gone-do = Nothing of it is left in the browser. If you have a snapshot, open it; it holds everything up to then.
banner-quota = No storage is left.
banner-quota-do = Your last changes are still in memory. Free some space and try again, or export now.
banner-not-saved = Your last changes are not saved yet.
banner-not-saved-do = They are still in memory. The browser said: { $detail }
banner-closed = The browser has closed the database.
banner-closed-do = Everything on this page is still in memory. Try again to go on saving, or export now.
banner-version-changed = Another tab needed the database, so this one has let go of it.
banner-version-changed-do = Everything is saved. Reload to go on here with the newer version.
banner-version-changed-waits = Your last changes are only in memory. Try again, or export them before you reload.
banner-blocked = Another tab is keeping the database busy.
banner-blocked-do = Close the other tabs of this workspace; it goes on by itself.
banner-quarantined = { $count ->
    [one] { $count } record could not be read and was set aside.
   *[other] { $count } records could not be read and were set aside.
 }
banner-quarantined-do = Nothing was deleted: they lie beside the others as they were found, and a rescue export holds them, an ordinary one does not: { $names }
banner-left-out = { $count ->
    [one] One definition does not work and was left out.
   *[other] { $count } definitions do not work in part; what is wrong was left out.
 }
banner-left-out-do = Rules, checks and computed fields of it rest until it is put right: { $names }
banner-update-ready = A new version is ready.
banner-update-ready-do = Reload now or whenever it suits you: what you have typed stays.
banner-update-waits = Other tabs have it already. This one follows once what is open here is finished.
banner-later = Later

## install
install-title = As an app on this device
install-say = A window and an icon of its own, opened without a network like any other app. The data stays the same.
install-do = Install…
install-done = Installed
install-done-say = It has a window of its own and opens without a network.
install-ios = In Safari, tap Share, then “Add to Home Screen”. It then has a window of its own, and Safari keeps its data.
install-menu = Choose “Install” or “Add to home screen” in the browser’s menu, if this browser has it. It opens without a network all the same.

## shared
shared-title = Shared with Perennial
shared-say = Another program has sent this here. Nothing is kept until you say what becomes of it.
shared-kind = What it becomes
shared-text = Text
shared-create = New { $name }…
shared-import = Import…
shared-snapshot = A workspace as a file, { $size }
shared-leave = Do not keep it
shared-nothing = Nothing has been shared
shared-nothing-say = Texts, tables and workspaces that you share from other programs wait here until you say what becomes of them.

## field
field-yes = Yes
field-no = No
field-none = –
field-separator = {", "}
field-missing = Removed record
field-untitled = Untitled
field-stars = { $count } of { $max } stars
field-days = { $count } d
field-hours = { $count } h
field-minutes = { $count } min
field-seconds = { $count } s
field-search = Search…
field-no-match = Nothing matches “{ $text }”
field-nothing-to-pick = Nothing to pick
field-new-tag = Add “{ $text }”
field-drop = Remove { $name }
field-country = Country
field-region = Province or state
field-city = City
field-postcode = Postal code
field-street = Street, building, room
field-date-example = Tomorrow, +3d or 11/25
field-instant-example = Tomorrow 2pm, or 11/25 14:30
field-pick-date = Pick from the calendar
field-day-example = Day, or +3d
date-too-early = Choose { $day } or a later day.
date-too-late = Choose { $day } or an earlier day.
picker-earlier-year = Previous year
picker-earlier-month = Previous month
picker-later-month = Next month
picker-later-year = Next year
picker-clear = Clear
picker-time = Time
picker-time-wrong = This is not a time. Write it as 14:30 or 2pm.
picker-done = Done
field-duration-example = 1h 30m
field-location-example = 22.5431, 114.0579
field-nps-least = Not at all likely
field-nps-most = Very likely
field-drop-files = Drop files here or
field-choose-files = choose
field-reading-file = Reading the file…
field-camera = Take a photo
field-camera-open = Take a photo…
field-camera-sight = What the camera sees
field-camera-wait = Waiting for the camera…
field-camera-take = Take the photo
field-camera-none = The camera cannot be used here. Choose a photo instead.
field-photo-name = Photo { $number }
field-file-not-kept = { $name } could not be kept. Try it again.
field-sign-here = Area to sign in
field-sign-how = How to sign
field-sign-draw = Draw
field-sign-type = Type
field-sign-name = Your name in full
field-sign-say = Sign here
field-sign-clear = Clear
field-keep-signature = Done
field-sign-again = Sign again
field-signed = Signed
field-clash = This was changed elsewhere while you were editing it.
field-clash-theirs = Theirs
field-clash-mine = Yours
field-clash-keep = Keep mine
field-clash-take = Take theirs

## form
form-new = New { $name }
form-edit = Edit { $name }
form-create = Create
form-save = Save
form-cancel = Cancel
form-discard = Discard
form-leave = Leave without saving? Press Esc again to discard.
form-more = More
form-refused = This could not be saved
form-correct = { $count ->
    [one] { $count } field to correct
   *[other] { $count } fields to correct
 }
form-clash = { $count ->
    [one] { $count } field was changed elsewhere: choose which value stays
   *[other] { $count } fields were changed elsewhere: choose which values stay
 }
form-created = { $name } created
form-saved = { $name } saved

## record
record-add = Add…
record-edit = Edit
record-more = More actions
record-edit-field = Edit { $name }
record-computed = Computed. It follows from other values.
record-read-only = Only rules and imports write this.
record-key-save = save
record-key-cancel = cancel
record-copy-link = Copy link
record-link-copied = Link copied
record-print = Print…
record-remove = Remove
record-removed = { $name } removed
record-removed-links = { $name } removed; { $count ->
    [one] one record no longer points at it
   *[other] { $count } records no longer point at it
}
record-open-page = Open as a page
record-previous = Previous (K)
record-next = Next (J)
record-details = Details
record-timeline = Timeline
record-related = Related
record-score = Score
record-parts = Parts of the record
record-resize = Resize the panel
record-gone = This record is not here
record-gone-say = It was removed, or the link belongs to another workspace. Undo brings back what was just removed.
record-to-list = Back to the list
record-crumbs = Breadcrumb
record-region = Record

## convert
convert = Convert…
convert-title = Convert { $name }
convert-do = Convert
convert-done = { $name } converted
convert-count = { $count ->
    [0] Nothing is chosen yet
    [one] One record will be made or filled in
   *[other] { $count } records will be made or filled in
}
convert-new = New
convert-existing = Already here
convert-nothing = Leave out
convert-choice = What becomes of the { $name }
convert-which = Which { $name }
convert-twin = { $name } may be the same: { $why }
convert-use = Use this one
convert-use-name = Use { $name }
convert-same-field = same { $name }
convert-same-phone = same phone number
convert-same-email = same e-mail address
convert-same-name = same name
convert-same-domain = same domain
convert-fills = Blank fields are filled in. Nothing is overwritten.
convert-fills-nothing = It holds all of this already. Nothing is overwritten.
convert-carried = Goes along: { $what }
convert-carried-part = { $count } { $name }
convert-left = { $count ->
    [one] One field stays on the { $name } only
   *[other] { $count } fields stay on the { $name } only
}
convert-left-say = Nothing is lost: its whole history is shown in the timeline of what it becomes.
convert-became = Turned into
convert-refused = Not converted
convert-wrong = { $place }: { $what }

## stream
stream-changes = Changes
stream-search = Search the timeline
stream-no-match = Nothing here matches
stream-more-kinds = { $count } more…
stream-fewer-kinds = Fewer
stream-via = { $name } { $title }
stream-kept = { $name } added
stream-not-kept = { $name } could not be kept
stream-open-picture = Open the picture { $name }
stream-download = Download
compose = Add to the timeline
compose-what = What to add
compose-comment = Comment
compose-activity = Activity
compose-task = To-do
compose-comment-hint = Write a comment; @ mentions a colleague
compose-activity-hint = What was done? The first line becomes the subject
compose-task-hint = What is to be done?
compose-say = Comment
compose-note = Log activity
compose-plan = Add to-do
compose-kind = Kind of activity
compose-due = Due
compose-attach = Attach files…
compose-people = People
reply = Reply
reply-hint = Write a reply; @ mentions a colleague
reply-to = Reply to { $name }

## related
related-find = Find something to add
related-none-found = Nothing here has that name
related-more-of = More about { $name }
related-edit = Edit…
tree-fold = Fold what is below { $name }
tree-unfold = Unfold what is below { $name }
tree-level = Level { $level }
tree-sum = { $name } of all: { $sum }
complete-missing = Still missing
complete-whole = Complete
complete-share = { $filled } of { $of } filled in
related-add = Add related…
related-add-one = Add { $name }
related-all = Show all { $count }
related-list = Open the list
related-edit-here = Edit the fields of { $name } here
related-link = Link an existing { $name }…
related-link-find = Find by name
related-link-now = now { $name }
related-linked = { $name } linked
related-unlink = Unlink
related-unlinked = { $name } unlinked

## score
score-over = Over { $points }
score-missing = { $points } points short
score-needs-more = More than { $points } needed
score-met = { $met } of { $count } criteria met
score-dial = { $total } of { $most } points, threshold { $threshold }
score-fit = Fit
score-engagement = Engagement
score-nearest = Nearest gain: “{ $what }” would lift the score to { $total }.

## why
why-or = {" "}or{" "}
why-and = {" "}and{" "}
why-not = not: { $what }
why-blank = not filled in
why-found = { $what }: { $value }
why-holds = Met:
why-holds-not = Not met:
why-equals = { $field } is { $value }
why-not-equals = { $field } is not { $value }
why-contains = { $field } contains { $value }
why-not-contains = { $field } does not contain { $value }
why-starts-with = { $field } starts with { $value }
why-ends-with = { $field } ends with { $value }
why-greater = { $field } is more than { $value }
why-at-least = { $field } is at least { $value }
why-less = { $field } is less than { $value }
why-at-most = { $field } is at most { $value }
why-between = { $field } is between { $value }
why-one-of = { $field } is one of { $value }
why-none-of = { $field } is none of { $value }
why-empty = { $field } is blank
why-filled = { $field } is filled in
why-changed = { $field } changed

## timeline
timeline-show = Show
timeline-all = All
timeline-automation = Rules
timeline-loading = Reading the log…
timeline-empty = Nothing here yet
timeline-more = Show { $count } more
timeline-more-changes = { $count } more changes
timeline-today = Today
timeline-yesterday = Yesterday
timeline-somebody = Somebody
timeline-rule = Rule
timeline-created = created this record
timeline-created-import = imported this record
timeline-created-snapshot = brought this record in with a snapshot
timeline-created-again = brought this record back
timeline-created-merge = created this record on another device
timeline-brought = brought this record along
timeline-brought-sample = brought this record as sample data
timeline-added = added this record with the pack “{ $name }”
timeline-added-sample = added this record as sample data of the pack “{ $name }”
timeline-computing = Calculated fields
timeline-followed = followed a change elsewhere
timeline-removed = removed this record
timeline-imported = changed this by an import
timeline-undid = undid a change
timeline-redid = redid a change
timeline-day = came up to date for a new day
timeline-withheld = could not do all that it should
timeline-would-be-blank = would have been left blank, and it is required
timeline-merged = changed this on another device
timeline-changed-one = changed { $field }
timeline-changed = changed { $count ->
    [one] { $count } field
   *[other] { $count } fields
 }
timeline-before = before
timeline-after = after
timeline-why = Why?
timeline-why-now = Checked against the record as it stands now, but for what the rule itself changed.
timeline-why-always = This rule has no condition: it runs each time.
## first

first-title = Welcome
first-language = Language
first-question = What kind of business do you look after?
first-question-say = A pack brings the records, forms and rules of its trade. You can change any of it later.
first-packs = Packs
first-with-sample = Start with sample data
first-empty = Start empty
first-naming = Who begins
first-person = Your name
first-person-missing = What you do is signed with your name
first-workspace = Company or team (optional)
first-workspace-of = { $name }’s workspace
first-begin = Start
first-back = Back
first-open = Open a snapshot…
first-stays-here = Everything stays in this browser
first-works-offline = Works without a network
first-can-undo = Every step can be undone
first-getting-ready = Getting { $name } ready
first-opening = Opening { $name }
first-progress = Progress
first-seconds = A few seconds
first-part-definitions = Entities, fields and rules
first-part-records = People and teams
first-part-sample = Sample customers, deals and tasks
first-part-saving = Saving
first-problem-do = Nothing was changed. Try again, or start another way.
first-not-a-snapshot = { $name } is not a snapshot of this product.

## import

import-title = Import
import-crumbs = Breadcrumb
import-no-entity = Nothing to import into
import-no-entity-say = This address names a kind of record that is not there.
import-home = Go to the start
import-step-file = Files
import-step-columns = Match columns
import-step-result = Result
import-choose = Choose files
import-choose-say = CSV or text with columns, one file or several that belong together. They are read here and go nowhere.
import-drop = Drop files here or
import-drop-choose = choose them
import-drop-hint = Exports of HubSpot, Salesforce, Zoho and Pipedrive are recognised
import-file = Files to import
import-paste = Paste rows instead
import-paste-label = Rows, the first with the column names
import-paste-take = Use these rows
import-pasted = Pasted rows
import-file-facts = { $size }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
 }, { $columns ->
    [one] { $columns } column
   *[other] { $columns } columns
 }
import-file-facts-about = { $size }, about { $rows } rows, { $columns ->
    [one] { $columns } column
   *[other] { $columns } columns
 }
import-encoding = Encoding
import-separator = Separator
import-quote = Text stands in
import-quote-double = double quotes "…"
import-quote-single = single quotes '…'
import-quote-none = nothing; quotes are plain signs
import-separator-comma = Comma ,
import-separator-semicolon = Semicolon ;
import-separator-tab = Tab
import-separator-bar = Bar |
import-first-row = First row
import-first-row-names = Column names
import-first-row-data = Data
import-detected = Detected from the file
import-first-rows = { $count ->
    [one] The first row
   *[other] The first { $count } rows
 }
import-blank-there = { $count ->
    [one] and { $count } blank row, which will be passed over
   *[other] and { $count } blank rows, which will be passed over
 }
import-column-number = Column { $number }
import-unreadable = { $name } cannot be read. Nothing was changed; choose it again or copy it to another folder first.
import-workbook = { $name } is a workbook. Save it as CSV in your spreadsheet, then choose that file.
import-wrong-encoding = { $name } is not in { $encoding }. Nothing was changed; choose another encoding.
import-cancel = Cancel
import-next = Next
import-next-needs-file = Choose a file first
import-back = Back
import-match-columns = Match the columns
import-matched = { $columns ->
    [one] { $found } of { $columns } column goes into a field.
   *[other] { $found } of { $columns } columns go into a field.
 }
import-missing = No column goes into { $names }.
import-missing-do = Every new record needs it, so rows without it will be rejected. Choose a column for it below.
import-list-separator = { ", " }
import-columns-and-fields = Columns and fields
import-column-in-file = Column in the file
import-samples = Samples
import-field-of = Field in { $things }
import-how = How
import-filled = { $count } filled
import-field-for = Field for { $column }
import-leave-out = Leave out
import-read-as-blank = Read as blank
import-note-left-out = Left out
import-note-twice = Also used above
import-note-twice-say = The first filled cell of the two counts
import-note-chosen = Your choice
import-note-last-time = As last time
import-note-sure = Sure match
import-note-suggested = Suggested
import-reason-name = the heading is the name of the field
import-reason-synonym = the heading is another word for it
import-reason-similar = the heading resembles its name
import-reason-content = the cells look like what it holds
import-blank = Read as blank
import-blank-add = Add…
import-blank-remove = Remove { $text }
import-blank-more = { $count ->
    [one] and { $count } usual word
   *[other] and { $count } usual words
 }
import-blank-fewer = Show fewer
import-blank-stands = “{ $text }” stands in { $count ->
    [one] { $count } cell
   *[other] { $count } cells
 }
import-blank-none = None of these words stands in the file
import-blank-also = These may mean blank as well
import-blank-offer = { $text } ({ $count })
import-same-when = Same { $thing } when
import-same-field = Same { $field }
import-same-never = Never, every row is new
import-then = What comes in
import-then-update = Create new, update existing
import-then-skip = Only create new
import-then-create = Create all, even twice
import-unknown-options = Text that is no option
import-unknown-links = Name that no record has
import-unknown-reject = Reject the row
import-unknown-blank = Leave it blank
import-unknown-option-add = Add it as an option
import-unknown-link-create = Create the record
import-remember = Remember this mapping
import-needs-column = Choose a field for at least one column
import-tab-rejected = { $count } rejected
import-try = Try the first 100 rows
import-start = { $count ->
    [one] Import { $count } row
   *[other] Import { $count } rows
 }
import-start-about = Import about { $count } rows
import-tried = Of { $rows ->
    [one] { $rows } row
   *[other] the first { $rows } rows
 }, { $created } would be created, { $updated } updated, { $unchanged } unchanged, { $skipped } skipped and { $rejected } rejected.
import-tried-nothing-kept = Nothing was kept.
import-running = Importing { $things }
import-running-rows = { $rows ->
    [one] { $done } of { $rows } row
   *[other] { $done } of { $rows } rows
 }
import-running-rows-about = { $done } of about { $rows } rows
import-running-say = You can go on working. If you cancel, what is in so far stays until you undo it.
import-count-created = created
import-count-updated = updated
import-count-skipped = skipped
import-count-rejected = rejected
import-stop = Cancel the import
import-refused = The import could not begin
import-refused-say = Nothing was changed.
import-in-column = { $column }: { $wrong }
import-done = { $count ->
    [one] { $count } { $thing } is in
   *[other] { $count } { $things } are in
 }
import-stopped = Cancelled: { $count ->
    [one] { $count } { $thing } is in
   *[other] { $count } { $things } are in
 }
import-done-whole = { $file }: { $rows ->
    [one] { $rows } row, accounted for
   *[other] { $rows } rows, each accounted for
 }.
import-blank-rows = { $count ->
    [one] { $count } blank row was passed over.
   *[other] { $count } blank rows were passed over.
 }
import-done-part = { $file }: { $done } of { $rows ->
    [one] { $rows } row was read
   *[other] { $rows } rows were read
 }.
import-done-part-about = { $file }: { $done } of about { $rows } rows were read.
import-undone = The import is undone
import-undone-say = Everything is as it was before. Redo brings it back.
import-created = Created
import-updated = Updated
import-skipped = Skipped
import-rejected = Rejected
import-also-created = { $count ->
    [one] and { $count } linked record
   *[other] and { $count } linked records
 }
import-updated-say = filled cells written
import-skipped-say = left out as asked
import-rejected-say = listed below
import-understood = Understood otherwise than written
import-field = Field
import-in-file = In the file
import-taken-for = Taken for
import-taken-for-nothing = Nobody: left blank
import-rows = Rows
import-rejected-rows = Rejected rows
import-download-rejected = Download the rejected rows
import-row = Row
import-column = Column
import-value = Value
import-value-blank = blank
import-reason = Reason
import-pages = Pages of rejected rows
import-page = { $from } to { $to } of { $count }
import-page-before = Previous
import-page-after = Next
import-rejected-file = { $name } rejected.csv
import-undo = Undo import
import-undo-say = { $count ->
    [one] Takes back the change
   *[other] Takes back all { $count } changes, updates too
 }
import-again = Back to the columns
import-show = Show the { $things }
import-step-cleaning = Clean
import-step-trial = Trial
import-files = Files
import-files-count = { $count ->
    [one] { $count } file
   *[other] { $count } files
 }
import-file-drop = Take { $name } out
import-file-name = File
import-file-becomes = Becomes
import-becomes = What the rows of { $file } become
import-becomes-nothing = Leave this file out
import-next-needs-kind = Say what the rows of at least one file become
import-why-chosen = Your choice
import-why-home = You came from this list
import-why-name = By the name of the file
import-why-like = You came from this list, but its columns look like { $things }
import-why-headings = By its column names
import-why-named = { $file } names these rows in { $column }
import-why-preset = Recognised as an export from { $program }.
import-why-unknown = Not recognised: choose what its rows become
import-link = { $column } names the rows of { $file } by { $key }
import-link-found = { $found } of { $names } found
import-link-missing = Not found: { $names }
import-links = How this file names the others
import-dates = Order of dates
import-dates-as-written = As each cell says
import-dates-day-first = Day, month, year
import-dates-month-first = Month, day, year
import-dates-year-first = Year, month, day
import-dates-year = All { $dates } dates begin with the year, such as { $example }
import-dates-none = None of { $dates } dates says the order, such as { $example }
import-dates-day = { $count } of { $dates } dates only { $count ->
    [one] fits
   *[other] fit
 } day first, such as { $example }
import-dates-month = { $count } of { $dates } dates only { $count ->
    [one] fits
   *[other] fit
 } month first, such as { $example }
import-dates-torn = { $days } dates only fit day first, { $months } only month first
import-dates-open = { $count ->
    [one] { $count } date such as { $example } can be read day first or month first. Choose the order of dates, or its row will be rejected.
   *[other] { $count } dates such as { $example } can be read day first or month first. Choose the order of dates, or their rows will be rejected.
 }
import-decimals = Decimal mark
import-decimals-as-point = Point: 1,234.56
import-decimals-as-comma = Comma: 1.234,56
import-decimals-none = None of { $numbers } numbers says which mark it is
import-decimals-point = { $count } of { $numbers } numbers only { $count ->
    [one] fits
   *[other] fit
 } a point, such as { $example }
import-decimals-comma = { $count } of { $numbers } numbers only { $count ->
    [one] fits
   *[other] fit
 } a comma, such as { $example }
import-decimals-torn = { $point } numbers only fit a point, { $comma } only a comma
import-currency = Currency
import-currency-named = { $count ->
    [one] { $count } amount names { $currency }
   *[other] { $count } amounts name { $currency }
 }
import-currency-none = No amount names its currency; { $currency } is that of the workspace
import-currency-usual = That of the workspace ({ $currency })
import-name-by = Name them by { $column }
import-note-preset = Known export
import-note-joined = Joined with the one above
import-reason-file = its cells name rows of another file
import-free = Fields without a column
import-free-say = { $columns ->
    [0] Every column goes somewhere. Drag a field onto a column to change that.
    [one] { $columns } column is left out. Drag a field onto it, or choose in the table.
   *[other] { $columns } columns are left out. Drag a field onto one, or choose in the table.
 }
import-then-only-update = Only update existing
import-overwrite = Values it has already
import-overwrite-replace = Replace with the file’s
import-overwrite-fill = Keep; fill in blanks only
import-clean = Clean the cells
import-clean-say = What is done to cells before they are read. Leave it as it is if the samples look right.
import-clean-steps = Steps
import-clean-preview = Before and after
import-clean-add = Add a step for { $column }
import-clean-add-step = Add a step…
import-clean-remove = Remove { $step } from { $column }
import-clean-tidy = Tidy blanks and full width everywhere
import-clean-changed = { $count } of { $cells } different cells change
import-clean-spaces = Trim blanks
import-clean-half-width = Full width to half width
import-clean-upper = CAPITALS
import-clean-lower = small letters
import-clean-title = First Letters Large
import-clean-company = Drop Co., Ltd, 有限公司 …
import-clean-phone = Phone with country code
import-clean-phone-national = Phone without country code
import-clean-split = Keep a part
import-clean-replace = Find and replace
import-clean-default = Fill blanks
import-clean-at = Cut at (blank if empty)
import-clean-find = Find
import-clean-with = Replace with
import-clean-text = Text for blanks
import-clean-code = Country code
import-clean-part = Part to keep
import-clean-first = First part
import-clean-last = Last part
import-clean-rest = All but the first
import-words = Words that are none of the options
import-words-say = Say what each becomes, or leave it to the rule of the step before.
import-words-of = { $column } → { $field } ({ $count })
import-word = { $word } becomes
import-word-rule = As the rule says
import-word-new = New option “{ $word }”
import-word-blank = Blank
import-trial = Look at the first rows
import-trial-say = What the first 100 rows of each file would become. Nothing is kept.
import-trying = Trying the first rows
import-tried-show = Show
import-tried-all = All
import-tried-rows = Rows of the trial
import-fate = Becomes
import-unchanged = Unchanged
import-unchanged-say = nothing new in them
import-start-files = Import { $count ->
    [one] { $count } row
   *[other] { $count } rows
 } from { $files } files
import-start-files-about = Import about { $count } rows from { $files } files
import-record = record
import-records = records
import-per-file = Rows of each file

## settings

settings-title = Settings
settings-parts = Parts of the settings
settings-general = General
settings-shortcuts = Keyboard
settings-danger = No way back
settings-backup = Last backup
settings-backup-never = Never
settings-backup-say = Saved from this device. A new one every two weeks is a good habit.
settings-backup-due = It is time for a new one: save a snapshot below.
settings-reset = Empty the workspace
settings-reset-say = All records, definitions, files and the history go; the first run is shown again
settings-reset-ask = Empty…
settings-reset-title = Empty the workspace?
settings-reset-warning = Everything goes, with the history: undo cannot bring it back. Save a snapshot first if you may want it again.
settings-reset-type = Type “{ $name }” to go on
settings-reset-do = Empty it
general-name = Name
general-name-say = What the workspace is called, here and in exports
general-language = Language of automation
general-language-say = In which rules write to-dos and notices; the screen has its own under Appearance
general-currency = Currency
general-currency-say = Of amounts that name none
general-calling-code = Calling code
general-calling-code-say = Of telephone numbers that have none
general-calling-code-wrong = One to four digits
general-changed = Workspace settings changed
time = Time
time-zone = Time zone
time-zone-say = In which days begin and hours are read and shown, on every device
time-zone-own = As on each device (here { $name })
time-week = Weeks begin on
time-week-say = In calendars, in groups by week and in “this week”
time-year = Fiscal year begins in
time-year-say = Quarters and years are counted from this month, in groups, timelines and “this quarter”
general-rates = Exchange rates
general-rates-say = Totals in several currencies are also shown in { $currency } at the rate of the day. Each rate holds from its day on.
general-rate-currency = Currency of the rate
general-rate-of = Worth of 1 { $currency }
general-rate-since = since
general-rate-wrong = Write the rate with a point for the decimals and no comma, as in 7.25.
general-rate-remove = Remove this rate
general-rate-add = Add a rate
general-rates-save = Save rates
general-rates-discard = Discard changes
figure-together = ≈ { $all } ({ $each })
people-none = Nobody is known here
people-none-say = Install a pack that says who works here; then changes are signed with a name.
people-find = Find a person
people-no-match = Nobody of that name
people-add = New { $thing }
people-add-below = New below { $name }
people-edit = Edit { $name }
people-retire = Deactivate { $name }
people-return = Activate { $name }
people-inactive = Inactive
people-retired = “{ $name }” deactivated
people-returned = “{ $name }” activated
people-acts-now = You act as this person now. Act as somebody else first.
people-teams = Teams
people-teams-say = Who works where; a team can stand below another
people-members = { $count ->
    [one] { $count } person
   *[other] { $count } people
 }
status-backup-due = Backup due
arrange-open = Arrange sidebar
arrange-title = Arrange the sidebar
arrange-say = For this device: pin what you use all day, hide the rest. What is hidden stands under More.
arrange-pinned = Pinned
arrange-hidden = Hidden
arrange-pin = Pin { $name }
arrange-unpin = Unpin { $name }
arrange-hide = Hide { $name }
arrange-show = Show { $name }
arrange-up = Move { $name } up
arrange-down = Move { $name } down
arrange-reset = Back to default
arrange-done = Done
settings-look = Appearance
settings-people = People
settings-storage = Storage and backup
settings-packs = Packs
settings-scripting = Scripting
settings-about = About
settings-language = Language
settings-language-say = Names you gave stay as you wrote them
settings-theme = Theme
settings-theme-system = Like the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-density = Density
settings-density-say = Rows of 36 or 28 px; touch always gets 44
settings-density-comfortable = Comfortable
settings-density-compact = Compact
settings-acting = Acting as
settings-acting-say = Changes on this device are signed with this name
settings-usage = { $used } of { $allowed } used
settings-usage-used = Used
settings-usage-free = Free
settings-usage-unknown = The browser does not say how much room there is
settings-usage-measuring = Measuring…
settings-protected = Protected from clearing
settings-protected-say = The browser promised to keep this data
settings-not-protected-say = The browser may clear this data when space runs short. Save a snapshot now and then.
settings-persistent = Persistent
settings-not-persistent = Not promised
settings-commits = Entries in the log
settings-commits-say = All that was written since the beginning. A long step, such as an import, is many entries.
settings-show-history = Show the history
settings-snapshot = Snapshot
settings-snapshot-say = Everything in one file, to keep or to take elsewhere
settings-with-files = With files
settings-open-snapshot = Open…
settings-save-snapshot = Save
settings-save-snapshot-first = Save a snapshot first
settings-not-a-snapshot = { $name } is not a snapshot of this product. Nothing was changed.
settings-export-failed = The snapshot could not be written; your data is untouched. { $detail }
settings-restore-title = Replace everything?
settings-restore-say = { $name } takes the place of the whole workspace.
settings-restore-made = Saved
settings-restore-holds = Holds
settings-restore-files = Files
settings-restore-steps = Log entries
settings-restore-here = Here now
settings-restore-records = { $records ->
    [one] { $shown } record
   *[other] { $shown } records
 } in { $entities ->
    [one] { $entities } list
   *[other] { $entities } lists
 }
settings-restore-warning = All records, definitions and the history of this workspace go, and this cannot be undone. Save a snapshot first if you may want it back.
settings-restore-leave = Keep what is here
settings-restore-do = Replace everything
settings-restore-failed = { $name } was refused, and nothing was changed. { $detail }
settings-pack-there = Installed
settings-pack-install = Install
settings-pack-install-sample = Install with sample
settings-console = Automate from the console
settings-console-say = Open the developer tools of the browser; every verb has the same checks and the same undo as a click
settings-copy = Copy
settings-version = Perennial { $version }
settings-version-say = Works offline since the first visit. No server, no account.
settings-tour = Tour
settings-tour-say = Three steps through what matters most
settings-tour-begin = Show the tour
settings-copy-details = Copy details

## history

history-title = History
history-undo = Undo
history-redo = Redo
history-nothing-to-undo = There is nothing to undo
history-nothing-to-redo = There is nothing to redo
history-reading = Reading the history…
history-empty = Nothing has happened yet
history-empty-say = Every change of the workspace will stand here, with who made it and why.
history-today = Today
history-yesterday = Yesterday
history-somebody = Somebody
history-nameless = without a name
history-undone = Undone
history-undo-this = Undo…
history-details = Details
history-undid = undid a step
history-redid = redid a step
history-undid-what = undid this step: { $what }
history-redid-what = redid this step: { $what }
history-changes = { $count ->
    [one] { $count } change
   *[other] { $count } changes
 }
history-imported = imported { $count ->
    [one] { $count } { $thing }
   *[other] { $count } { $things }
 }
history-added = added { $count ->
    [one] { $count } record
   *[other] { $count } records
 }
history-pack = The pack “{ $name }”
history-pack-brought = brought { $count ->
    [one] { $count } record
   *[other] { $count } records
 } along
history-pack-brought-sample = brought { $count ->
    [one] { $count } record
   *[other] { $count } records
 } along, { $sample } of them sample data
history-installed-pack = installed the pack “{ $name }” with { $count ->
    [one] { $count } record
   *[other] { $count } records
 }
history-installed-sample = installed the pack “{ $name }” with { $count ->
    [one] { $count } record
   *[other] { $count } records
 }, { $sample } of them sample data
history-installed = installed a pack with { $count ->
    [one] { $count } record
   *[other] { $count } records
 }
history-submitted = took in an answer to “{ $form }”: new { $thing } “{ $title }”
history-submitted-again = took in an answer to “{ $form }” from somebody known
history-traffic = counted visits to “{ $name }”
history-tick = a new day brought dated fields up to date
history-merged = merged { $count ->
    [one] { $count } step
   *[other] { $count } steps
 } of another device
history-restored = opened a snapshot
history-created = created { $thing } “{ $title }”
history-changed = changed { $thing } “{ $title }”
history-changed-field = changed { $fields } of { $thing } “{ $title }”
history-changed-many = changed { $count } { $things }
history-changed-something = changed something
history-moved = moved “{ $title }” to { $to }
history-converted = converted “{ $title }” into { $count ->
    [one] one record
   *[other] { $count } records
}
history-removed = removed { $thing } “{ $title }”
history-removed-many = removed { $count } { $things }
history-view-made = made the view “{ $name }”
history-view-changed = changed the view “{ $name }”
history-view-removed = removed the view “{ $name }”
history-workspace-changed = changed the settings of the workspace
history-imported-many = imported { $count } records into { $lists } lists
history-definition-made = made “{ $name }”
history-definition-removed = removed “{ $name }”
history-fields-added = added “{ $fields }” to “{ $name }”
history-fields-changed = changed “{ $fields }” of “{ $name }”
history-and = ”, “
history-defined = changed the definition of “{ $name }”
history-defined-many = changed { $count } definitions
history-by-rules = { $count ->
    [one] { $count } change by a rule
   *[other] { $count } changes by rules
 }
history-more-changes = { $count ->
    [one] and { $count } more change
   *[other] and { $count } more changes
 }
history-detail-created = Created { $thing }
history-detail-removed = Removed { $thing }
history-detail-changed = Changed { $thing }
history-detail-defined = Defined
history-detail-redefined = Changed the definition
history-detail-undefined = Removed the definition
history-detail-by = by { $name }
history-blank = blank
history-became = became
history-undo-this-of = Undo… { $what }
history-redo-this = Redo…
history-redo-this-of = Redo… { $what }
history-filter = Filter the history
history-find = Search words and names
history-anybody = Anybody
history-any-entity = Any records
history-any-sort = Any kind
history-sort-edit = Edits by people
history-sort-rules = With a rule’s part
history-sort-import = Imports and packs
history-sort-turn = Undo and redo
history-sort-design = Definitions
history-sort-time = New days
history-sort-whole = Backups and merges
history-from = From
history-until = Until
history-show-all = Show everything
history-no-match = No step matches
history-no-match-say = The whole log was searched. Try other words, or show everything.
history-searched = Searched { $read } of { $total } entries…
history-undo-ask = Undo this step?
history-redo-ask = Do this again?
history-undo-do = Undo it
history-redo-do = Do it again
history-keep-it = Leave it
history-goes-back = What goes back
history-nothing-goes-back = Nothing is left that could go back: all of it has changed since.
history-show-what = Show each change
history-back-created = { $count ->
    [one] { $count } { $thing } comes back
   *[other] { $count } { $things } come back
 }
history-back-removed = { $count ->
    [one] { $count } { $thing } goes
   *[other] { $count } { $things } go
 }
history-back-updated = { $count ->
    [one] { $count } { $thing } gets earlier values
   *[other] { $count } { $things } get earlier values
 }
history-back-defined = { $count ->
    [one] { $count } definition goes back
   *[other] { $count } definitions go back
 }
history-no-clash = Nothing of it has changed since. Everything done later stays.
history-clashes = { $count ->
    [one] { $count } thing has changed since
   *[other] { $count } things have changed since
 }
history-more-clashes = { $count ->
    [one] And { $count } more
   *[other] And { $count } more
 }
history-clash-choice = What changed since
history-clash-leave = Leave them as they are
history-clash-leave-say = Only the rest goes back
history-clash-take = Take them back too
history-clash-take-say = Later changes to them are lost
history-clash-grown = Was made by this step; changed since: { $fields }
history-clash-linked = Was made by this step; “{ $title }” points at it now
history-clash-needed = Was made by this step; “{ $title }” cannot do without it
history-clash-gone = Is gone since
history-clash-needs = Cannot come back: what it belongs to or needs is gone
history-clash-taken = { $field } is taken by “{ $title }” now
history-clash-undefined = { $field } does not hold such values any more
history-clash-no-entity = Such records are not defined any more
history-clash-redefined = Its definition was changed since
history-stays = Stays either way
history-now = now
history-would-be = would be
past-title = As it was
past-open = Earlier versions
past-as-of = As of { $when }
past-after = After { $who } { $what }
past-earlier = Earlier
past-later = Later
past-day = End of day
past-restore = Restore these values
past-restored = Earlier values are back in { $count } fields
past-nothing-to-restore = Nothing differs that could be restored
past-none = Nothing is known of this record
past-none-say = The log has no entry about it.
past-not-there = The record was not there then
past-not-there-say = Choose another moment on the right.
past-moments = Moments
past-gone = The record is gone now. The history can bring it back: undo the step that removed it.
past-as-now = Nothing differs from now
past-differs = { $count ->
    [one] { $count } field differs from now
   *[other] { $count } fields differ from now
 }
past-rest = Other fields

## Shell
nav-grow = Grow
nav-sell = Sell
nav-serve = Serve
nav-keep = Keep
nav-work = Work
nav-people = People
nav-history = History
nav-settings = Settings
shell-act-as = Act as
shell-acting-as = Acting as
shell-breadcrumb = Breadcrumb
shell-dock = Main, short
shell-fold-rail = Fold the sidebar
shell-unfold-rail = Unfold the sidebar
shell-main-navigation = Main
shell-more = More
shell-nobody = Nobody yet
shell-blocked-say = An older version of this workspace is still open in another tab. Close that tab and it opens here by itself. Nothing was touched.
shell-blocked-title = Another tab is keeping the database busy
shell-no-room-say = There is not even enough room to open the workspace. Free some space on this device, then reload. Nothing was touched.
shell-no-room-title = No storage is left
shell-nothing-to-redo = Nothing to redo
shell-nothing-to-undo = Nothing to undo
shell-nowhere-home = Go to the start
shell-nowhere-say = The address leads to nothing in this workspace. It may have been renamed or removed.
shell-nowhere-title = There is nothing here
shell-redo = Redo
shell-reload = Reload
shell-search = Search or jump to…
shell-search-short = Search
shell-skip = Skip to content
shell-too-new-say = The data was written by version { $found }; this page knows up to { $known }. Nothing was touched. Reload to get the newer page.
shell-rescue = Rescue export…
shell-too-new-title = This workspace is newer than this page
shell-undo = Undo
shell-unreadable-say = Nothing was touched. Reload to try again; if it does not help, save a rescue export. The browser said: { $detail }
shell-unreadable-title = The workspace could not be opened

## Status line
status-name = Status
status-not-kept = Not kept
status-not-saved = Not saved
status-offline = Offline, everything works
status-saved = Saved
status-saving = Saving
status-storage = Storage
status-storage-used = { $percent }% of the browser's storage is used

## Quick jump
act-as = Act as { $name }
act-chinese = Switch to Chinese
act-comfortable = Comfortable rows
act-compact = Compact rows
act-dark = Dark theme
act-english = Switch to English
act-export = Save a snapshot of the workspace
act-fold = Fold or unfold the sidebar
act-history = Go to the history
act-import = Import { $name }…
act-light = Light theme
act-system = Theme like the system
day-days-ago = { $count ->
    [one] yesterday
   *[other] { $count } days ago
}
day-days-ahead = { $count ->
    [one] tomorrow
   *[other] in { $count } days
}
day-first-of = the first day of { $stretch }
day-last-days = { $count ->
    [one] since yesterday
   *[other] in the last { $count } days
}
day-last-month = last month
day-last-months = { $count ->
    [one] in the last month
   *[other] in the last { $count } months
}
day-last-of = the last day of { $stretch }
day-last-quarter = last quarter
day-last-week = last week
day-last-year = last year
day-months-ago = { $count ->
    [one] a month ago
   *[other] { $count } months ago
}
day-months-ahead = { $count ->
    [one] in a month
   *[other] in { $count } months
}
day-next-days = { $count ->
    [one] until tomorrow
   *[other] in the next { $count } days
}
day-next-month = next month
day-next-months = { $count ->
    [one] in the next month
   *[other] in the next { $count } months
}
day-next-quarter = next quarter
day-next-week = next week
day-next-year = next year
day-stretches-ago = { $stretch ->
    [week] { $count } weeks ago
    [month] { $count } months ago
    [quarter] { $count } quarters ago
   *[year] { $count } years ago
}
day-stretches-ahead = { $stretch ->
    [week] { $count } weeks from now
    [month] { $count } months from now
    [quarter] { $count } quarters from now
   *[year] { $count } years from now
}
day-this-month = this month
day-this-quarter = this quarter
day-this-week = this week
day-this-year = this year
day-today = today
palette-all = Everything
palette-count = { $count ->
    [0] Nothing found
    [one] One line
   *[other] { $count } lines
}
palette-either = ({ $what })
palette-look-in = Look in
palette-narrow = narrow
palette-not-understood = Not understood as a filter: “{ $words }” is looked for as it stands
palette-only-commands = commands
palette-placeholder = Name, number, command, or “open deals over 50k”…
palette-recent = Recent
palette-records = { $count ->
    [one] 1 record
   *[other] { $count } records
}
palette-section-commands = Commands
palette-section-lists = Lists and views
palette-section-records = Records
palette-so = as it is now
palette-understood = Filter
palette-where = { $name } where { $what }
palette-where-words = { $name } where { $what }, with “{ $words }”
palette-widen = { $name }: look everywhere again
palette-beside = open beside its list
palette-choose = choose
palette-list = List
palette-nothing = Nothing by that name
palette-open = open
palette-results = Results
palette-title = Search

## Shortcuts
shortcuts-cancel = Put it back
shortcuts-carry = Carry it
shortcuts-close = Close
shortcuts-edit = Edit the cell
shortcuts-everywhere = Everywhere
shortcuts-find = Find in this view
shortcuts-in-list = In a list
shortcuts-in-record = In a record
shortcuts-lift = Pick up or put down a card
shortcuts-move = Move
shortcuts-new = New record
shortcuts-next = Next, previous
shortcuts-on-board = On a board
shortcuts-page = A page down or up
shortcuts-ends = First and last column
shortcuts-first-last = First and last row
shortcuts-in-form = In a form
shortcuts-save = Save
shortcuts-steps = From step to step
shortcuts-select = Select the row
shortcuts-title = Keyboard shortcuts
shortcuts-clear = Empty the cells
shortcuts-copy = Copy, cut, paste cells
shortcuts-fill-down = Fill down
shortcuts-fill-right = Fill right
shortcuts-fill-range = Put what is typed into the whole range
shortcuts-from-first = To the first or last cell
shortcuts-next-cell = Take it and go down, to the right
shortcuts-range = Select cells
shortcuts-range-all = All cells, then all rows
shortcuts-range-column = Select the column
shortcuts-range-row = Select the cells of the row
shortcuts-type = Type over the cell
shortcuts-width = Width of a column, in the head

## Lists
list-average = Average
list-choose-columns = Choose columns
list-clear-search = Clear the search
list-clear-selection = Clear the selection
list-count = { $count ->
    [one] { $count } record
   *[other] { $count } records
 }
list-count-of = { $count } of { $all } records
list-drop-filters = Remove all filters
list-empty-say = Nothing has been added yet. Create the first one by hand, or bring { $name } in from a file.
list-empty-title = { $name } live here
list-field = Field
list-find = Find in this view
list-import = Import…
list-new = New { $name }
list-new-short = New
list-new-value = New value
list-no-match-say = { $count ->
    [one] { $count } record is hidden by the search and the filters.
   *[other] { $count } records are hidden by the search and the filters.
 }
list-no-match-search = Nothing matches “{ $search }”
list-no-match-title = Nothing matches
list-open-beside = Open beside
list-remove = Remove
list-select = Select { $title }
list-select-all = Select all
list-select-rows = Select
list-selected = { $count } selected
list-sum = Sum
list-untitled = Untitled
list-width-of = Width of { $name }
list-with-selected = With the selected
list-wrong-say = Your data is safe; nothing was changed.
list-wrong-title = This view could not be drawn
toast-changed = { $count ->
    [one] { $count } record changed
   *[other] { $count } records changed
 }
toast-removed-links = { $count ->
    [one] 1 record removed
   *[other] { $count } records removed
}; { $links ->
    [one] one other no longer points at it
   *[other] { $links } others no longer point at them
}
toast-removed = { $count ->
    [one] { $count } record removed
   *[other] { $count } records removed
 }
toast-refused = Nothing was changed. { $reason }

## Views
shape-all-day = Whole days by
shape-board = Board
shape-by = Columns by
shape-calendar = Calendar
shape-colour = Colour by
shape-columns = Columns shown
shape-compact = Compact cards
shape-cover = Picture from
shape-from = Starts on
shape-gallery = Gallery
shape-lanes = Lanes by
shape-list = List
shape-none = None
shape-sum = Sum of
shape-timeline = Timeline
shape-title = Layout
shape-to = Ends on
view-actions = View actions
view-all = All
view-changed = Changed, not saved
view-create = Create view
view-looks-like = Looks like
view-name = Name
view-name-long = { $count } characters are too many: { $most } at most.
view-name-missing = Give the view a name.
view-new = New view…
view-new-title = New view
view-remove = Remove this view
view-reset = Reset
view-save = Save view
view-save-as = Save as new view…
view-save-as-title = Save as new view
view-saved = Saved views
toast-left-view = “{ $name }” no longer fits what this list shows
toast-view-removed = View “{ $name }” removed

## Filters
filter-add = Add filter
filter-add-condition = Add a condition
filter-add-formula = Add a formula
filter-and = and
filter-comparison = Comparison
filter-field = Field
filter-field-gone = no longer exists
filter-formula = Formula
filter-formula-example = Amount > 50000 and so on
filter-from = From
filter-match = { $count ->
    [one] { $count } matches
   *[other] { $count } match
 }
filter-name = Filter: { $what }
filter-linked = is
filter-not = not
filter-or = or
filter-remove = Remove this filter
filter-show = Show { $name } where
filter-title = Filter
filter-to = To
filter-value = Value
filter-me = Me
filter-me-how = Whoever looks at the view
filter-where = Where
comparison-equals = is
comparison-not-equals = is not
comparison-contains = contains
comparison-not-contains = does not contain
comparison-starts-with = starts with
comparison-ends-with = ends with
comparison-greater = over
comparison-at-least = at least
comparison-less = under
comparison-at-most = at most
comparison-after = after
comparison-from = from
comparison-before = before
comparison-until = until
comparison-between = between
comparison-one-of = is any of
comparison-none-of = is none of
comparison-empty = is blank
comparison-filled = is filled in
comparison-changed = has changed

## Order and columns
columns-down = Move { $name } down
columns-title = Fields shown
columns-up = Move { $name } up
sort-add = Add an order
sort-ascending = Low to high
sort-by = By
sort-descending = High to low
sort-down = { $name }, high to low
sort-none = Sort
sort-order = Order
sort-remove = Remove this order
sort-then = then
sort-title = Sort
sort-up = { $name }, low to high

## Boards
calendar-add-on = Add on { $day }
calendar-all-day = All day
calendar-day = Day
calendar-day-name = { $day }, { $count ->
    [0] free
    [one] { $count } record
   *[other] { $count } records
}
calendar-earlier = Earlier
calendar-free = Nothing on this day
calendar-hour = Hour
calendar-keys = Enter opens it, Space picks it up, Ctrl and an arrow moves it, Ctrl, Shift and an arrow changes its end.
calendar-later = Later
calendar-month = Month
calendar-more = +{ $count } more
calendar-name = { $name }, { $month }
calendar-open-day = Open { $day }
calendar-said-lifted = { $title } picked up. The arrows carry it, Space puts it down, Escape puts it back.
calendar-seen = How much is seen
calendar-slot = { $day }, { $hour }
calendar-today = Today
calendar-undated = { $count } without “{ $field }”
calendar-week = Week
calendar-week-number = Week number
calendar-week-title = { $month }, week { $week }
calendar-whole-day = { $day }, whole day
board-actions-for = Actions for { $title }
board-add-to = Add to { $column }
board-blank = Not set
board-change-lane = Change { $name }
board-column-actions = Actions for column { $column }
board-drop-here = Drop here
board-fold = Fold column
board-hide = Hide column
board-keys = Press Space to pick the card up, M to choose a column.
board-lane-flag = { $name }: { $answer }
board-more-lanes = { $count ->
    [one] Show { $count } more lane
   *[other] Show { $count } more lanes
}
board-move-to = Move to…
board-name = { $name } by { $field }
board-place = { $column }, { $lane }
board-said-lifted = { $title } picked up. The arrows carry it, Space puts it down, Escape puts it back.
board-said-moved = { $title } is now in { $column }.
board-said-over = Over { $column }.
board-said-put-back = Put back.
board-stale = Stale
board-stale-how = Nothing has happened here for too long
board-unfold = Unfold { $name }
board-weighted = weighted
board-weighted-how = Sum × probability
toast-moved = { $title } moved to { $column }
timeline-bar = { $title }, { $days }
timeline-goto = Show { $title }
timeline-keys = Enter opens it, Space picks it up, Ctrl and an arrow moves it, Shift and an arrow changes its start, Ctrl, Shift and an arrow changes its end.
timeline-quarter = Q{ $quarter }
timeline-week = W{ $week }
timeline-zoom = How closely
timeline-zoom-day = Days
timeline-zoom-month = Months
timeline-zoom-quarter = Quarters
timeline-zoom-week = Weeks
toast-ends-on-day = { $title } ends on { $day }
toast-begins-on-day = { $title } begins on { $day }
toast-moved-to-day = { $title } moved to { $day }
toast-not-moved = { $title } stays where it was. { $reason }

## tour

tour-back = Back
tour-count = { $at } of { $count }
tour-done = Start working
tour-list = Work right in the list
tour-list-say = Filter, sort and search take effect as you type. Press a name and the record opens beside its list; change a cell where it stands.
tour-next = Next tip
tour-places = Everything has its place
tour-places-say = Your lists follow a customer’s life, from first touch to the work you do for them. Search jumps to any list or record.
tour-skip = Skip the tour
tour-undo = Nothing is lost
tour-undo-say = Each change is kept on this device at once, and any of them can be taken back, even a whole import.

column-menu = Column
column-menu-of = Menu of { $name }
column-sort-besides = Add to the order
column-group = Group by this
column-ungroup = Do not group by this
column-filter = Filter by this…
column-total = Below the column
column-freeze = Freeze up to here
column-unfreeze = Unfreeze
column-left = Move left
column-right = Move right
column-fit = Fit to content
column-hide = Hide { $name }
list-head-tip = Click to sort, with Shift to add to the order, drag to move
total-none = Nothing
total-filled = Filled in
total-distinct = Different values
total-min = Lowest
total-max = Highest
group-none = Group
group-by = By { $names }
group-title = Group
group-add = Add a level
group-add-first = Group by a field
group-fold-all = Collapse all
group-open-all = Expand all
group-size = How coarse
group-remove = Remove this level
group-by-value = each value
group-by-day = by day
group-by-week = by week
group-by-month = by month
group-by-quarter = by quarter
group-by-year = by year
group-by-step = in steps of { $step }
group-blank = No { $name }
group-year = { $year }
group-quarter = Q{ $quarter } { $year }
group-fiscal-year = FY { $year }
group-fiscal-quarter = Q{ $quarter } FY { $year }
group-week = Week of { $day }
group-range = { $from } to under { $to }
view-more = More views ({ $count })
view-mine = Only for me
view-copy-link = Copy link
view-rename = Rename…
view-rename-do = Rename
view-rename-title = Rename the view
view-duplicate = Duplicate
view-copy-of = { $name } (copy)
view-share = Share with everyone
view-keep-private = Keep for myself
view-only-mine = Only for me
toast-view-private = { $name } is now only yours
toast-view-shared = { $name } is now shared
filter-any = Any of these
filter-all = All of these
filter-none = None of these
filter-group = Group of conditions
filter-group-kind = What the group asks
filter-add-group = Add group
filter-day = Which day
filter-day-fixed = on the calendar
filter-day-today = today
filter-day-before = before today by
filter-day-after = after today by
filter-day-first = the first day of
filter-day-last = the last day of
filter-count = How many
filter-unit = Unit
filter-unit-days = days
filter-unit-months = months
filter-unit-years = years
filter-stretch = Which days
filter-span-days = two days
filter-span-past-days = the last … days
filter-span-past-months = the last … months
filter-span-coming-days = the next … days
filter-span-coming-months = the next … months
filter-words = Filter by words
filter-words-example = Open, over 50k, no activity for 7 days…
filter-words-add = Add
filter-words-found = { $count ->
    [one] { $count } match
   *[other] { $count } matches
}
filter-words-lost = Not understood: { $words }
filter-words-nothing = Nothing of this is understood. Name a field or an option, and what it is to be.
colour-none = Colour
colour-count = { $count ->
    [one] 1 colour
   *[other] { $count } colours
}
colour-title = Colours
colour-add = Add a rule
colour-remove = Remove this rule
colour-hue = Colour
colour-place = What is coloured
colour-row = the whole row
colour-card = the whole card
colour-cell = only { $name }
hue-gray = Grey
hue-red = Red
hue-orange = Orange
hue-amber = Amber
hue-green = Green
hue-teal = Teal
hue-sky = Sky blue
hue-blue = Blue
hue-violet = Violet
hue-pink = Pink
cell-menu = Cell
cell-only = Only { $value }
cell-without = Without { $value }
cell-at-least = At least { $value }
cell-at-most = At most { $value }
cell-from = From { $value } on
cell-until = Until { $value }
sort-up-one = Move this order up
filter-formula-offers = What may come next
formula-blank = blank
formula-kind = { $kind ->
    [flag] yes or no
    [number] number
    [numbers] numbers
    [money] amount
    [text] text
    [date] day
    [instant] day or time
    [duration] length of time
    [choice] option
    [link] record
    [list] list
    [files] files
    [place] place
    [criterion] criterion
   *[any] value
}
## Cells
cell-closed-formula = It is computed by a formula.
cell-closed-lines = Open the record to edit its lines.
cell-closed-lookup = It is read from the linked record.
cell-closed-number = The number was given when the record was created.
cell-closed-read-only = Only rules and imports write it.
cell-closed-rollup = It is computed from related records.
cell-closed-score = It is computed by a score model.
paste-beyond = { $count ->
    [one] { $count } row stands below the last one
   *[other] { $count } rows stand below the last one
}
paste-beyond-say = What was pasted is longer than the list. The rows that are too many can become new { $things }.
paste-cancel = Paste nothing
paste-create = Create { $count } { $things }
paste-leave = Leave them out
range-cells = { $rows } × { $columns } cells
range-numbers = { $count ->
    [one] { $count } number
   *[other] { $count } numbers
}
refused-beside = { $count ->
    [one] { $count } column of what was pasted stands beyond the last column and was left out.
   *[other] { $count } columns of what was pasted stand beyond the last column and were left out.
}
refused-cancelled = It was stopped before the end. What was done stays, and can be undone.
refused-column = Column
refused-copy = Copy this list
refused-done = Done
refused-more = { $count ->
    [one] And { $count } more; the copied list has all of them.
   *[other] And { $count } more; the copied list has all of them.
}
refused-new-row = New record
refused-reason = Reason
refused-row = Record
refused-taken = { $count ->
    [0] No other cell was changed.
    [one] { $count } other cell was filled in.
   *[other] { $count } other cells were filled in.
}
refused-text = What was to stand there
refused-title = { $count ->
    [one] { $count } cell was not filled in
   *[other] { $count } cells were not filled in
}
refused-title-beside = Not all columns had a place
refused-undo = Undo the rest too
toast-cell-closed = { $name } cannot be edited here. { $reason }
toast-cells-emptied = { $count ->
    [one] { $count } cell emptied
   *[other] { $count } cells emptied
}
toast-cells-filled = { $count ->
    [one] { $count } cell filled in
   *[other] { $count } cells filled in
}
toast-cells-copied = { $count ->
    [one] { $count } cell filled in with a copy
   *[other] { $count } cells filled in with copies
}
toast-cells-series = { $count ->
    [one] { $count } cell filled in, the series goes on
   *[other] { $count } cells filled in, the series goes on
}
fill-square = Drag to fill
fill-series = Goes on as a series
fill-copies = Copies
cell-go-on = Fill down as a series
touch-bar = With these cells
touch-copy = Copy
touch-paste = Paste
touch-clear = Clear
touch-fill = Fill
touch-tick = Select the rows
touch-end = Done
toast-nothing-to-paste = There is nothing to paste, or the browser does not let the clipboard be read. Allow it for this page, or paste with the keyboard.
toast-cells-pasted = { $count ->
    [one] { $count } cell pasted
   *[other] { $count } cells pasted
}
toast-copied = { $count ->
    [one] { $count } cell copied
   *[other] { $count } cells copied
}
toast-copied-long = { $count ->
    [one] { $count } cell copied. It holds more than a cell of a spreadsheet can.
   *[other] { $count } cells copied. Some hold more than a cell of a spreadsheet can.
}
toast-refused-copied = The list is on the clipboard

## Changing many records
bulk-add = Add
bulk-another = Change another field
bulk-apply = { $count ->
    [one] Change { $count } record
   *[other] Change { $count } records
}
bulk-becomes = becomes
bulk-by-formula = Set by a formula
bulk-cancel = Cancel
bulk-change = Change…
bulk-counts = { $changed } change · { $unchanged } stay as they are · { $refused } refused
bulk-days = Days
bulk-drop = Leave this field as it is
bulk-empty = Make blank
bulk-export = Export CSV
bulk-find = Find
bulk-formula = Formula
bulk-grow = Grow by per cent
bulk-incomplete = Choose a field and what becomes of it
bulk-number = Number
bulk-operation = What is done
bulk-percent = Per cent
bulk-plus = Add a number
bulk-plus-days = Move by days
bulk-preview = Before and after
bulk-progress = { $done } of { $all }
bulk-remove = Take away
bulk-replace = Find and replace
bulk-replacement = Replace with
bulk-running = Changing records
bulk-set = Set to
bulk-show = Which records are shown
bulk-show-all = All
bulk-show-changed = Changed
bulk-show-refused = Refused
bulk-stays = stays
bulk-stop = Stop
bulk-title = { $count ->
    [one] Change { $count } record
   *[other] Change { $count } records
}
bulk-trying = Trying it out…
toast-exported = { $count ->
    [one] { $count } record exported
   *[other] { $count } records exported
}

# Designing entities and fields
nav-build = Build
nav-entities = Entities
nav-forms = Forms
act-entities = Entities and fields
design-title = Entities
design-new = New entity…
design-new-title = New entity
design-new-say = A kind of record of its own: partners, projects, stock. It has a list, search, import and scripting at once.
design-create = Create
design-name-missing = Give it a name first.
design-name-zh = Name in Chinese
design-name-en = Name in English
design-plural-zh = Plural in Chinese
design-plural-en = Plural in English
design-optional = optional
design-icon = Icon
design-hue = Colour
design-group = Where in the navigation
design-first-field = Name
design-first-section = Basics
design-section-name = More
design-find = Find entities
design-no-match = No entity is called that.
design-entity = Entity
design-record-count = Records
design-field-count = Fields
design-from = From
design-own = Made here
design-from-pack = A pack
design-crumbs = Where you are
design-open-records = Open records
design-sheets = Sheets of the designer
design-fields = Fields
design-page = Record page
design-no-entity = There is no such entity
design-no-entity-say = It may have been deleted. Undo brings it back.
design-changed = “{ $name }” changed
design-deleted = “{ $name }” deleted
design-palette = Add a field
design-canvas = Fields by section
design-inspector = Settings of what is chosen
design-add-field = Add a field
design-itself = Entity settings
design-words = Words
design-figures = Figures
design-time = Time
design-choice = Choice
design-records = Records
design-things = Files and places
design-computed = Filled in by itself
design-needs-link = A look-up needs a link field first.
design-needs-source = A roll-up needs records that link here.
design-add-section = Add a section
design-section = Name of the section
design-section-menu = More for the section { $name }
design-section-empty = Drag fields here.
design-columns = Columns
design-columns-auto = As many as fit
design-columns-1 = One
design-columns-2 = Two
design-columns-3 = Three
design-remove-section = Remove the section, keep its fields
design-up = Move up
design-down = Move down
design-off = Not on the page
design-off-say = Fields that nobody needs to see. Drag them here.
design-head = Figures at the top
design-head-say = Drag the few figures here that matter most.
design-retired = Retired
design-is-title = Names the record
design-required = Required
design-unique = No two records alike
design-read-only = Only rules and imports write it
design-in-head = Stands at the top as well
design-field-menu = More for { $name }
design-move-to = Move to { $name }
design-into-head = Show at the top
design-out-of-head = Take from the top
design-off-page = Take off the page
design-retire = Retire
design-bring-back = Bring back
design-delete = Delete…
design-said-lifted = { $name } lifted. Arrow keys carry it, Space drops it, Esc puts it back.
design-said-put-back = Put back.
design-said-before = Before { $name }
design-said-end = End of { $name }
design-said-dropped = Dropped.
design-kind = Type
design-help = Help
design-help-zh = Help in Chinese
design-help-en = Help in English
design-key = Key
design-max-length = Characters at most
design-pattern = Pattern
design-pattern-say = A regular expression that the whole text must match: [A-Z]{"{"}2{"}"}\d+
design-try = Try the pattern
design-try-good = This text fits.
design-try-bad = This text does not fit.
design-min = At least
design-max = At most
design-decimals = Digits after the point
design-ungrouped = Digits without grouping, as in a year
design-currency = Currency
design-currency-own = The workspace's own
design-open = Anybody may add options
design-best = Stars at most
design-link-to = Links to
design-link-any = Any record
design-inverse-zh = List on the other side, in Chinese
design-inverse-en = List on the other side, in English
design-owned = Goes when the linked record goes
design-tree = Points at the record above in a tree
design-prefix = Before the number
design-number-like = Numbers look like { $number }
design-unnumbered = { $count ->
    [one] One record that was there before has no number yet.
   *[other] { $count } records that were there before have no number yet.
}
design-number-them = Number them, oldest first
design-number-old = { $count ->
    [one] One record keeps the number it got before.
   *[other] { $count } records keep the numbers they got before.
}
design-number-again = Number again…
design-number-title = Number “{ $name }” again
design-number-say = Every record keeps its place in the count; its number only looks like new ones do. What was printed or sent still says the old one.
design-number-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
design-number-do = { $count ->
    [one] Number one record again
   *[other] Number { $count } records again
}
design-checks-say = What has to be so besides type, required and range. Forms, lists, boards, imports and scripts all look at it.
design-ended = Work that stands here
design-ended-not = goes on
design-ended-won = has ended well (won)
design-ended-lost = has ended otherwise (lost)
design-weight = Weight in %
design-weight-say = The chance of winning, for instance: boards weigh their sums with it.
design-digits = Digits at least
design-formula = Formula
design-result = Gives
design-lookup-link = Along the link
design-lookup-field = Shows its field
design-rollup-source = Of these records
design-rollup-function = Figure
design-rollup-field = Of their field
design-rollup-records = The records themselves
design-rollup-when = Only those for which (formula)
function-rollup-count = Count
function-rollup-sum = Sum
function-rollup-average = Average
function-rollup-min = Least
function-rollup-max = Greatest
function-rollup-first = First
function-rollup-last = Last
design-samples = What it gives
design-no-samples = No records yet to show it for.
design-default = Default
design-default-none = None
design-default-say = A formula: TODAY()+7, "text" in quotation marks
design-options = Options
design-chinese = Chinese
design-english = English
design-option-new = Add an option
design-option-zh = Option in Chinese
design-option-en = Option in English
design-option-menu = More for { $name }
design-option-hue = Colour and meaning of { $name }
design-paste = Paste lines
design-paste-say = One option a line; Chinese | English
design-paste-do = Add these
design-title-stays = It names the record, so it stays. Choose another one in the entity settings first.
design-title-field = Field that names a record
design-tucked = Fold away in the navigation
design-delete-entity = Delete entity…
design-delete-title = Delete “{ $name }”
design-delete-do = Delete
design-recast-title = Turn “{ $name }” into { $kind }
design-recast-do = Change
design-made-options = Options made of what is there ({ $count }): { $names }
design-record = Record
design-now = Now
design-then = Then
design-empty = becomes empty
design-not-possible = This cannot be done as long as
design-along = What goes along
design-along-changed = { $name } is changed
design-along-gone = { $name } is deleted
design-preview = Preview
design-preview-of = { $name }, as its page shows it
design-preview-none = The preview needs a record.
design-preview-new = Create one
design-troubles-title = What is amiss
design-no-troubles = All is well.
trouble-no-chinese = has no name in Chinese
trouble-no-english = has no name in English
trouble-twin = has the same name as another field
trouble-no-options = has no options
trouble-unplaced = is not on the page
trouble-never-filled = is blank in every record
trouble-retired-title = names records but is retired
trouble-check-no-chinese = { $count ->
    [one] has a check that does not say in Chinese what is wrong
   *[other] has { $count } checks that do not say in Chinese what is wrong
}
trouble-check-no-english = { $count ->
    [one] has a check that does not say in English what is wrong
   *[other] has { $count } checks that do not say in English what is wrong
}
usage-shown = column or card
usage-shape = layout of the view
usage-order = sort or group
usage-filter = filter
usage-colour = colours
usage-page = record page
usage-formula = formula
usage-lookup = look-up
usage-rollup = roll-up
usage-default = default
usage-check = check
usage-name = names records
usage-conversion = conversion
usage-trigger = trigger
usage-condition = condition
usage-action = action
usage-score = score
usage-form = form
usage-workspace = workspace
kind-text = Text
kind-long_text = Long text
kind-rich_text = Rich text
kind-number = Number
kind-money = Money
kind-percent = Percent
kind-date = Date
kind-instant = Date and time
kind-duration = Duration
kind-choice = Choice
kind-choices = Choices
kind-flag = Yes or no
kind-rating = Rating
kind-nps = NPS scale
kind-phone = Phone
kind-email = E-mail
kind-url = Web address
kind-address = Address
kind-location = Location
kind-link = Link to a record
kind-links = Links to records
kind-lines = Sub-table
kind-lines-name = Line items
kind-files = Files and photos
kind-signature = Signature
kind-auto_number = Auto number
kind-formula = Formula
kind-lookup = Look-up
kind-rollup = Roll-up
kind-score = Score
kind-hidden = Hidden
design-line-of = Belongs to
design-line-name = Item
design-line-quantity = Quantity
design-line-price = Price
design-line-sum = Amount
design-used-in = { $count ->
    [0] Used nowhere
    [one] Used in one place
   *[other] Used in { $count } places
}
design-troubles = { $count ->
    [0] All is well
    [one] One thing amiss
   *[other] { $count } things amiss
}
design-kept = { $count ->
    [one] One value stays as it is
   *[other] { $count } values stay as they are
}
design-becomes = { $count ->
    [one] One value becomes another
   *[other] { $count } values become others
}
design-lost = { $count ->
    [one] One value is lost
   *[other] { $count } values are lost
}
design-blank = { $count ->
    [one] One record is blank
   *[other] { $count } records are blank
}
design-recast-empty = { $count ->
    [one] Change and empty one value
   *[other] Change and empty { $count } values
}
design-missed-by = These speak of it and go on without it:
design-delete-say = { $count ->
    [0] No record fills it in.
    [one] One record fills it in; the value goes along. Undo brings it back.
   *[other] { $count } records fill it in; their values go along. Undo brings them back.
}
trouble-options-no-chinese = { $count ->
    [one] has one option without a name in Chinese
   *[other] has { $count } options without a name in Chinese
}
trouble-options-no-english = { $count ->
    [one] has one option without a name in English
   *[other] has { $count } options without a name in English
}
trouble-unused-options = { $count ->
    [one] has one option that no record holds
   *[other] has { $count } options that no record holds
}

condition-met = { $count } of { $all } now
condition-clear = Remove the condition
form-new-form = New form…
form-new-form-title = New form
form-new-form-say = Its answers become records. It begins with what a record cannot be without.
form-becomes = Answers become
form-no-form = There is no such form
form-no-form-say = It may have been deleted. Undo brings it back.
form-palette = Add to the form
form-canvas = The form
form-things = Parts
form-fields = Fields not asked for yet
form-find = Find a field
form-no-match = No field is called that.
form-all-asked = The form asks for every field.
form-new-field = New field…
form-new-field-title = New field
form-new-field-say = The field is added to the entity, and the form asks for it.
form-add-text = Text
form-add-picture = Picture
form-add-divider = Line
form-add-lines = Table
form-add-section = Section
form-add-page = Page
form-text-new = Write something here
form-pages = Pages
form-page-unnamed = Page { $number }
form-page-name = Name of the page
form-section = Section
form-section-unnamed = Section without a heading
form-section-empty = Drag questions here.
form-itself = Form settings
form-settings = Settings
form-duplicate = Duplicate
form-remove = Remove
form-name-here = Name on the form
form-amiss = Something is amiss here
form-sign-visible = Shown by a condition
form-sign-locked = Read-only by a condition
form-sign-required = Required by a condition
form-sign-options = Offers some of the options
form-sign-formula = Filled in by a formula
form-sign-checks = Checked
form-error = Error
form-warning = Note
form-publish = Publish
form-published = Published as edition { $number }
form-never-published = Never published
form-is-out = Edition { $number } is out
form-has-changes = Changed since edition { $number }
form-editions = Editions
form-editions-none = Nothing has been published yet.
form-edition = Edition { $number }
form-edition-asks = { $count ->
    [one] one question
   *[other] { $count } questions
}
form-edition-fits = Answers for edition { $number } still fit.
form-edition-lost = Answers to these have no place any more: { $names }
form-edition-restore = Work on this one
form-edition-look = Look at it
form-past-say = Only to look at: the form that is worked on stays as it is.
form-past-leave = Back to editing
form-past-added = Asked since then: { $names }
form-past-gone = No longer asked: { $names }
form-past-same = It asks the same questions as the form that is worked on.
form-section-move = Move section “{ $name }”
form-said-place = In the place of “{ $name }”
form-said-removed = Removed.
form-set-image = Picture file
form-part-logic = Conditions
form-part-options = Options offered
form-part-values = Filled in by itself
form-part-checks = Checks and messages
form-part-lines = Table
form-part-ending = After sending
form-part-look = Look
form-part-capture = Channel and campaign
form-part-join = Known records
form-part-goals = Goals
form-part-kiosk = Kiosk
form-in-chinese = { $name }, in Chinese
form-in-english = { $name }, in English
form-entry = { $name } { $number }
form-entry-remove = Remove { $name } { $number }
form-always = Always
form-always-shown = Always shown
form-never-locked = Never
form-required-as-field = As the field itself
form-no-field = None
form-takes-any = Any text
form-number-1 = One
form-number-2 = Two
form-number-3 = Three
form-number-4 = Four
form-language-both = Both languages
form-language-zh = Chinese only
form-language-en = English only
form-hue-own = The product's own
form-density-comfortable = Comfortable
form-density-compact = Compact
form-wrong-any = Anything wrong
form-wrong-missing = Left blank
form-wrong-phone = No phone number
form-wrong-email = No e-mail address
form-wrong-url = No web address
form-wrong-small = Too little
form-wrong-large = Too much
form-wrong-long = Too long
form-wrong-pattern = Does not fit the pattern
form-wrong-taken = Taken already
form-code-set = A code is set. Type another one to change it.
form-code-none = Without a code anybody can leave the kiosk.
form-file-remove = Remove the file
form-set-name = Name
form-set-introduction = Introduction
form-set-hint = Help below it
form-set-placeholder = Placeholder
form-set-needed = Required on this form
form-set-send = Words on the button
form-set-takes = Takes
form-set-search = May search records by name
form-set-width = Width in columns
form-set-columns = Columns
form-set-languages = Languages
form-set-visible = Shown when
form-set-required = Required when
form-set-read-only = Read-only when
form-set-options = Options by condition
form-set-options-add = Offer fewer options
form-set-option-when = When
form-set-option-which = Offer
form-set-default = Default
form-set-default-say = A formula: what stands there until somebody types.
form-set-computed = Computed
form-set-computed-say = A formula: what stands there always.
form-set-checks = Checks
form-set-checks-add = Add a check
form-set-check-meets = All is well when
form-set-check-message = Otherwise say
form-set-messages = Messages of your own
form-set-messages-add = Add a message
form-set-message-on = When it is
form-set-message-text = Say
form-set-columns-of-lines = Columns
form-set-columns-of-lines-add = Add a column
form-set-column-field = Field
form-set-column-name = Heading
form-set-column-required = Required
form-set-sums = Sums below the table
form-set-least = Lines at least
form-set-most = Lines at most
form-set-ending = Thank-you
form-set-link = Link to a web address
form-set-link-name = Words of the link
form-set-file = File that is handed over
form-set-again = Can be filled in once more
form-set-hue = Accent
form-set-logo = Logo
form-set-density = Density
form-set-channel = Channel
form-set-channel-into = Write the channel into
form-set-fixed = Fixed values
form-set-fixed-add = Add a fixed value
form-set-fixed-field = Field
form-set-fixed-value = Value
form-set-parameters = Parameters of the address
form-set-parameters-add = Add a parameter
form-set-parameter-name = Parameter
form-set-parameter-into = Goes into
form-set-join = A record is known by
form-set-join-add = Add a way to know it
form-set-join-fields = All of these alike
form-set-goals = What answers should lead to
form-set-goals-add = Add a goal
form-set-goal-name = Goal
form-set-goal-when = Reached when
form-set-kiosk = Runs as a kiosk
form-set-idle = Starts anew after seconds without a touch
form-set-reset = Thank-you stands for seconds
form-set-code = Code to leave it
## Forms as people fill them in
fill-needed = Has to be filled in
fill-add-line = Add a line
fill-remove-line = Remove line { $number }
fill-line-actions = Remove
fill-sum = Total
fill-sum-of = Total { $name }
fill-page = Page { $number }
fill-pages = Pages
fill-way = Step { $number } of { $count }
fill-back = Back
fill-next = Next
fill-send = Send
fill-thanks = Thank you. Your answer has arrived.
fill-again = Fill in once more
fill-download = Download { $name }
fill-scan = Code to scan: { $name }
fill-preview = This is the form as you are working on it. Nothing is sent, counted or kept.
fill-preview-sent = In the preview nothing was sent.
fill-not-saved = Your answers could not be written down on this device yet. Leave the page open and try again; if it stays so, tell whoever looks after this form.
fill-missing = There is no such form here
fill-missing-say = Its address may be wrong, or it has not been published yet.
fill-closed = This form takes no more answers
fill-closed-say = Thank you for your interest.
fill-taken-new = { $name } came in by a form
fill-taken-known = { $name } sent a form and was known already: the answer joined the record
fill-taken-before = The answer of { $name } had been taken in before
form-looks = Canvas or preview
form-look-build = Build
form-width-phone = Phone
form-width-tablet = Tablet
form-width-desktop = Desktop
form-preview-say = Try it out: nothing that is filled in here is kept.

## Forms in the workspace
forms-title = Forms
forms-home = Bring answers home…
forms-none = No forms yet
forms-none-say = A form asks for what an entity holds: visitors fill it in, and each answer becomes a record or joins the one that is known. Packs bring eight of them.
forms-form = Form
forms-state = State
forms-views = Views
forms-starts = Begun
forms-submits = Sent
forms-became = Became
forms-figures = Figures…
forms-stretch = Which days
forms-stretch-all = Always
forms-stretch-month = 30 days
forms-stretch-week = 7 days
forms-stretch-today = Today
forms-figures-none = Nobody has opened this form in these days.
forms-figures-way = How far people come
forms-figures-channels = By channel
forms-figures-given-up = Where people give up
forms-channel = Channel
forms-channel-none = None
forms-sent-share = Sent of views
forms-records = Records
forms-share-before = { $share } of those before
forms-actions = Actions
forms-more = More for { $name }
forms-given-up = Given up at { $places }
forms-draft = Draft
forms-published = Published
forms-retired = Retired
forms-edition = Edition { $number }
forms-fill-in = Fill in
forms-fill-in-named = Fill in { $name }
forms-copy-link = Copy the link
forms-link-copied = The link is on the clipboard
forms-kiosk = Start as a kiosk…
forms-preview = Preview
forms-publish = Publish
forms-now-published = The form is published
forms-copy = Make a copy
forms-copied = The form was copied
forms-retire = Retire
forms-now-retired = The form takes no more answers
forms-reopen = Take answers again
forms-reopened = The form takes answers again
forms-share = Share…
share-title = Share “{ $name }”
share-ways = Ways to share
share-link = Link and code
share-file = File
share-embed = In a web page
share-copy = Copy
share-copied = Copied
share-address = Address of the form
share-link-say = For tablets and colleagues whose browser holds this workspace: an answer becomes a record at once. For everybody else there is the file.
share-here-only = This address works on this device alone, as the app runs on it. Put the app on a web host, or hand over the file.
share-code-save = Save as a picture
share-making = Making the file…
share-missing = The file could not be made, as a part of the app is not here. Reload the app while there is a network.
share-file-say = One page for anybody: it opens in any browser, without a network and without this app, and checks answers by the same rules. Answers come back as a file, a text, a code to scan or a mail: take them in under “Bring answers home”.
share-download = Download as a file
share-mail = Draft a mail
share-mail-attach = A browser cannot attach files itself: download the file first, and attach it to the draft.
share-mail-body = Please open the attached file { $file } in a browser, fill it in, and send back what it gives you at the end.
share-left-out = Not asked for in the file, as only the workspace can take it: { $questions }.
share-files-missing = Missing in the file, as the content is not on this device: { $files }.
share-and = , 
share-returns = Where answers go
share-returns-say = Both may stay empty. They are part of every file that is made from now on.
share-to = Mail them to
share-to-say = The mail draft at the end of the file is addressed to it.
share-post = Post them to
share-post-say = An https address that takes JSON, such as a webhook of yours. If it does not answer, the other ways are offered.
share-post-wrong = This must be an https address, or one on this device (http://localhost).
share-why-unpublished = This form cannot leave as a file before it is published.
share-why-entity = This form cannot leave as a file: the entity that its answers belong to is gone.
share-why-formula = This form cannot leave as a file: it works with “{ $formula }”, which only the workspace can work out.
share-why-records = This form cannot leave as a file: “{ $question }” must be filled in and asks for a record of this workspace.
share-why-files = This form cannot leave as a file: “{ $question }” must be filled in and asks for a file or a signature, which do not fit into an answer’s code.
share-why-places = This form cannot leave as a file: “{ $question }” must be filled in and asks for a place.
share-why-work = This form cannot leave as a file: “{ $question }” must be filled in and is worked out in this workspace.
share-embed-file = From the file
share-embed-file-say = Put { $file } next to your page on your web server, then paste this where the form is to stand.
share-embed-whole = All in one
share-embed-whole-say = The form itself as HTML, { $size }: for places where you can paste HTML but cannot upload files.
share-embed-whole-copy = Copy the whole form
share-embed-address = From this address
share-embed-address-say = For pages on the host of this app, seen in browsers that hold this workspace, such as an intranet page.
home-text = Or paste codes, mails or whatever they stand in
home-drop = Drop answers here: files, mails, pictures of codes – many at once – or
home-none = There is no answer in this text
home-none-here = There is no answer in it
home-no-code = No code to scan was found in this picture
home-unread = It could not be read
home-waits = Not taken in yet
home-created = New record:
home-joined = Joined a known record:
home-before = Already here:
home-record = the record
home-wrong-at = { $field }: { $wrong }
home-from-text = pasted
home-from-camera = scanned
home-count-new = { $count } taken in
home-count-before = { $count } already here
home-count-refused = { $count } refused
home-camera = Scan with the camera
home-camera-off = Turn the camera off
home-camera-picture = What the camera sees
home-camera-hold = Hold the code of an answer before the camera.
home-camera-read = Read. The next one, please.
home-camera-other = This code holds no answer.
home-camera-refused = The browser may not use the camera. Allow it in the site’s settings, or drop a picture of the code.
home-camera-absent = No camera was found. Drop a picture of the code instead.
home-camera-insecure = Browsers open the camera on https addresses only. Drop a picture of the code instead.
home-camera-missing = The camera could not be started. Drop a picture of the code instead.
home-title = Bring answers home
home-take = { $count ->
    [0] Take in
    [one] Take in one answer
   *[other] Take in { $count } answers
}

## Kiosks
kiosk-title = { $name } as a kiosk
kiosk-say = The form has the device to itself. It begins anew after each visitor, and whenever nobody has touched it for a while. Only the code leaves it, also after a reload or a restart.
kiosk-fills = It fills the screen
kiosk-fills-not = This browser gives no page the whole screen. Add the app to the home screen and start it from there.
kiosk-awake = The screen stays on
kiosk-awake-not = This browser cannot keep the screen on. Turn the screen lock off in the settings of the device.
kiosk-offline = It works without a network
kiosk-offline-not = The copy for working without a network is not made yet. Stay connected a little, then load the page anew.
kiosk-pin = No page can keep people from closing the browser itself. Pin the app on the device: on Android with screen pinning, on an iPad with Guided Access.
kiosk-dark = The screen may go dark: this browser does not keep it on
kiosk-stuck-say = Whoever knows the code can leave the kiosk and start another form.
kiosk-has-code = It is left with the code that was set for this form.
kiosk-code = Code
kiosk-code-say = Digits only. Keep them: nobody leaves the kiosk without them.
kiosk-code-short = A code has at least { $count } digits and nothing else
kiosk-start = Start the kiosk
kiosk-elsewhere = This device is a kiosk in another tab
kiosk-elsewhere-say = The form is shown there. It can be shown here instead, or the kiosk be left with its code.
kiosk-here-instead = Show it here
kiosk-leave = Leave the kiosk
kiosk-wrong = That is not the code
kiosk-wait = { $count ->
    [one] Too many wrong codes. Wait one second.
   *[other] Too many wrong codes. Wait { $count } seconds.
}
kiosk-erase = Erase
kiosk-open = Open
kiosk-today = Visitors today
kiosk-next = Next visitor
kiosk-next-in = { $count ->
    [one] Begins anew in one second
   *[other] Begins anew in { $count } seconds
}
kiosk-still = Are you still there?
kiosk-anew-in = { $count ->
    [one] What you wrote goes in one second
   *[other] What you wrote goes in { $count } seconds
}
kiosk-here = I am still here

words-general = currency, exchange rates, time zone, first day of the week, fiscal year, calling code, name of the workspace
words-look = theme, dark mode, density, display language, appearance
words-people = users, teams, superior, act as, colleagues, members
words-storage = backup, export, snapshot, restore, import a snapshot, disk space, reset, delete all data, install the app
words-packs = industry, sample data, templates
words-shortcuts = keys, keyboard, hotkeys
words-scripting = console, developer, API, automation by script
words-about = version, help, tour, licence
words-export = backup, download, save a copy, snapshot
words-history = undo, log, changes, audit, who did what
words-entities = fields, objects, tables, custom fields, data model
words-forms = survey, questionnaire, capture, kiosk
words-language = language, translation
words-theme = theme, appearance, night, contrast
words-density = density, row height, spacing
words-import = import, upload, CSV, Excel, spreadsheet, migrate
