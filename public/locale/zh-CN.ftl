## time

time-just-now = 刚刚

## error

error-missing-required = 必填。
error-not-a-number = “{ $value }”不是数字。
error-not-an-amount = “{ $value }”不是金额，或币种不一致。
error-not-a-date = “{ $value }”不是日期，请写成 2026-11-22。
error-not-an-instant = “{ $value }”不是日期时间，请写成 2026-11-22 14:30。
error-not-a-duration = “{ $value }”不是时长，请写成 1小时30分钟。
error-not-a-flag = “{ $value }”既不是“是”也不是“否”。
error-not-an-option = 选项中没有“{ $value }”。
error-not-a-phone = “{ $value }”不是有效的电话号码。
error-not-an-email = “{ $value }”不是有效的邮箱地址。
error-not-a-url = “{ $value }”不是有效的网址。
error-not-a-place = “{ $value }”不是有效的地址或坐标。
error-no-such-link = 找不到名为“{ $value }”的记录。
error-stands-above-itself = “{ $title }”会变成自己的上级
error-ambiguous-link = 有 { $count } 条记录都叫“{ $value }”，请选一条。
error-wrong-entity = 这个字段不能关联这类记录。
error-wrong-type = 内容与字段类型不符。
error-too-small = 不能小于 { $min }。
error-too-large = 不能大于 { $max }。
error-too-long = 最多 { $max } 个字。
error-too-precise = 最多 { $max } 位小数。
error-pattern-mismatch = 格式不符合要求。
error-not-unique = “{ $value }”已被 { $title } 使用。
error-check-failed = 不满足该字段的条件。
error-too-few-lines = 至少填写 { $min } 行。
error-too-many-lines = 最多填写 { $max } 行。
error-missing-label = 这里缺少{ $language ->
    [en] 英文
   *[zh-CN] 中文
 }文字。
error-asked-twice = “{ $name }”在表单里出现了两次，请删掉一个。
error-not-asked = “{ $name }”是必填字段，但表单没有让人填写。
error-nothing-offered = 这条规则下没有任何可选项。
error-never-shown = 这里永远不会显示：它的条件无法满足。
error-empty-part = 这里还没有内容。
error-required-but-hidden = “{ $name }”恰好在不显示时必填。
error-required-and-hidden = “{ $name }”始终必填，但并不总是显示。
error-required-but-locked = “{ $name }”必填，但它是只读的，也没有自动填入的值。
error-reads-later = 这里依赖的“{ $name }”要到后面的页才会填写。
error-read-only = 此字段由系统自动填写。
error-unknown-entity = 工作区里没有“{ $name }”。
error-unknown-field = 没有“{ $name }”这个字段。
error-unknown-record = 这条记录已不存在。
error-unknown-definition = 没有“{ $name }”。
error-record-exists = 这条记录已经存在。
error-formula-syntax = 公式无法识别：{ $detail ->
    [operator-missing] 这里缺少运算符。
    [operand-missing] 这里缺少内容。
    [unexpected-sign] 这个符号不该出现在这里。
    [unclosed-text] 缺少结尾的引号。
    [not-a-number] 这不是数字。
    [empty-name] 方括号里没有名称。
    [unclosed-name] 名称缺少右方括号。
    [nothing-to-close] 没有与之对应的左括号。
    [wrong-bracket] 括号不匹配。
    [unclosed-bracket] 括号没有闭合。
    [ends-early] 公式没有写完。
    [empty] 公式是空的。
    [let-name] 这里应当是一个名称。
   *[other] 请检查写法。
 }
error-unknown-function = 没有函数 { $name }。
error-argument-count = { $name } 需要 { $min } 到 { $max } 个参数，现在是 { $found } 个。
error-type-mismatch = 这里需要 { $expected }，不能是 { $found }。
error-unknown-name = “{ $name }”不是字段、关联或列表。
error-ambiguous-name = “{ $name }”有多种含义，请用列表自己的名称。
error-formula-too-large = 公式过长或嵌套过深。
error-cycle = 这些字段互相计算，形成循环：{ $path }。
error-endless-rules = 这些规则不断互相触发：{ $rules }。未作任何更改。
error-duplicate-id = “{ $name }”重复了。
error-still-used = “{ $name }”仍在使用中。
error-still-pointed-at = “{ $name }”仍被{ $by }中的 { $count } 条记录使用，例如“{ $example }”。请先在那里改选其他。
error-needed-by = “{ $by }”用到了“{ $name }”，请先修改它。
error-values-lost = “{ $name }”有 { $count } 个值会丢失，未作任何更改。
error-invalid-pattern = “{ $pattern }”不是有效的正则表达式，请检查括号是否成对。
error-invalid-definition = 定义不完整：{ $detail ->
    [operand-one] 缺少用来比较的值。
    [operand-two] 需要两个用来比较的值，小的在前。
    [triggers] 规则需要设定何时运行。
    [assignee] 缺少要指派的人。
    [no-tasks] 还没有设定待办放在哪里。
    [no-notices] 还没有设定通知放在哪里。
    [form-id] 表单的标识只能用字母、数字、_ 和 -。
    [form-published] 已发布的版本不能改动，请发布新版本。
    [columns] 一个区块可以有一到四栏。
    [not-computed] 该字段不是计算字段。
    [asks-who] 该字段对所有人相同，不能按查看的人变化。
   *[other] { $detail }
 }
error-not-convertible = 这条记录不能转换，或者已经转换过了。
error-nothing-to-undo = 没有可撤销的操作。
error-nothing-to-redo = 没有可重做的操作。
error-clash = “{ $title }”已被他人修改，未作覆盖。
error-needs-removed = “{ $title }”无法恢复：它依赖的记录已被删除，请先恢复那条记录。
error-link-dropped = “{ $title }”已恢复，但“{ $field }”指向的记录已被删除，这项关联没有恢复。
error-malformed = 内容无法识别：{ $detail ->
    [text-is-expected] 此处应为文本。
    [argument-is-no-json] 参数无法写成 JSON。
    [id-is-a-uuid] 记录的 id 应为 UUID。
    [batch-is-a-uuid] 批次应为 UUID。
    [mode-is-replace-or-merge] mode 应为 “replace” 或 “merge”。
    [format-is-csv] format 应为 “csv”。
    [option-is-unknown] 没有这个选项。
    [trial-is-a-number-or-true] trial 应为行数或 true。
    [match-is-a-field-or-several] match 应为一个字段、多个字段，或 on 与 found。
    [values-are-an-object] values 应为对象。
    [mapping-is-an-object] mapping 应为对象。
    [no-such-column] 没有这一列。
    [measure-needs-a-field] 该指标需要指定字段。
   *[other] { $detail }
 }
error-no-rows = 没有可导入的内容：列名下面没有数据行。
error-no-columns = 没有可导入的内容：没有一列对应到字段。
error-unclosed-quote = { $count ->
    [0] 这一行有个引号没有配对。请补上或删掉它。
   *[other] 从这一行开始的引号没有配对，后面 { $count } 行都被读进了这一行。请补上或删掉引号。
 }
error-too-many-cells = 比列名多出 { $count } 格，从“{ $value }”开始。请检查内容里是否有分隔符，这样的格要加上引号。
error-not-an-answer = 这不是表单的答卷。
error-answer-cut-short = 这份答卷不完整，请完整复制。
error-answer-changed = 这份答卷在传送途中被改动或损坏了，请让对方重新提供。
error-answer-foreign = 这份答卷属于另一个工作区的表单：{ $form }，第 { $edition } 版。
error-too-new = 由更新的版本生成（{ $found }，本版本支持到 { $known }）。
error-pack-installed = “{ $name }”已经安装。
error-not-saved = 未能写入磁盘：{ $detail ->
    [page-is-closing] 页面正在关闭
    [changes-wait] 还有更改等待保存
   *[other] { $detail }
 }。内容暂存在内存中。

## toast

toast-beginning = 已经退回到工作区最初的样子。如需重新开始，请到“设置 › 存储”。
toast-undone = 已撤销：{ $what }
toast-redone = 已重做：{ $what }
toast-put-back = 已存的数据曾被清空。当前内容已重新保存，但之前的历史和附件未能保留。
toast-files-missing = 有 { $count } 个文件无法读取，快照中已注明。
toast-clash = “{ $title }”在另一个标签页中被修改，您的更改未生效。
toast-withheld = 规则“{ $rule }”有部分动作未能执行，原因见时间线。
toast-import-torn = 离开页面时导入中断，此前导入的内容已保留，可在历史记录中撤销：{ $what }
toast-import-torn-none = 离开页面时导入中断，尚未导入任何内容。

## part
part-close = 关闭
part-messages = 消息
part-undo = 撤销
part-redo = 重做
part-open = 打开

## banner
banner-retry = 重试
banner-export = 导出…
banner-reload = 重新加载
banner-not-kept = 当前浏览器不会保存数据。
banner-not-kept-do = 可以照常使用，但关闭页面后数据会丢失，离开前请先导出。
banner-gone = 浏览器丢失了本设备上的工作区。
banner-gone-do = 浏览器里已没有原来的内容。如果您有快照，请打开它，可恢复到导出时的状态。
banner-quota = 存储空间已满。
banner-quota-do = 最近的改动还在内存中。请清理空间后重试，或立即导出。
banner-not-saved = 最近的改动尚未保存。
banner-not-saved-do = 改动仍在内存中。浏览器提示：{ $detail }
banner-closed = 浏览器关闭了数据库。
banner-closed-do = 页面上的内容都还在内存中。请重试以继续保存，或立即导出。
banner-version-changed = 另一个标签页需要使用数据库，当前页面已让出。
banner-version-changed-do = 内容都已保存，重新加载后即可用新版本继续。
banner-version-changed-waits = 最近的改动只在内存中。请重试，或先导出再重新加载。
banner-blocked = 数据库正被其他标签页占用。
banner-blocked-do = 请关闭本工作区的其他标签页，之后会自动继续。
banner-quarantined = 有 { $count } 条记录无法读取，已单独存放。
banner-quarantined-do = 没有删除任何内容，导出文件中包含这些记录：{ $names }
banner-left-out = 有 { $count } 项设置有误，出错的部分已停用。
banner-left-out-do = 改正之前，其中的规则、校验和计算字段暂不生效：{ $names }
banner-update-ready = 新版本已就绪。
banner-update-ready-do = 随时可以重新加载，已填写的内容会保留。
banner-update-waits = 其他标签页已经更新；处理完这里打开的内容后，本页会自动更新。
banner-later = 以后再说

## install
install-title = 安装到本机
install-say = 有自己的窗口和图标，断网也能打开，数据不变。
install-do = 安装…
install-done = 已安装
install-done-say = 在独立窗口中运行，断网也能打开。
install-ios = 在 Safari 中点“分享”，再选“添加到主屏幕”。之后它有自己的窗口，Safari 也会保留数据。
install-menu = 如果浏览器菜单里有“安装”或“添加到主屏幕”，选它即可。不安装也能断网打开。

## shared
shared-title = 分享到 Perennial 的内容
shared-say = 这是从其他应用发来的。选择如何处理之前，不会保存任何内容。
shared-kind = 存为
shared-text = 文本
shared-create = 新建{ $name }…
shared-import = 导入…
shared-snapshot = 工作区文件，{ $size }
shared-leave = 不保留
shared-nothing = 没有分享来的内容
shared-nothing-say = 从其他应用分享来的文本、表格和工作区文件会在这里，由您决定如何处理。

## field
field-yes = 是
field-no = 否
field-none = –
field-separator = 、
field-missing = 已删除的记录
field-untitled = 未命名
field-stars = { $count } 星，满分 { $max } 星
field-days = { $count } 天
field-hours = { $count } 小时
field-minutes = { $count } 分钟
field-seconds = { $count } 秒
field-search = 搜索…
field-no-match = 没有找到“{ $text }”
field-nothing-to-pick = 没有可选项
field-new-tag = 添加“{ $text }”
field-drop = 移除 { $name }
field-country = 国家或地区
field-region = 省份
field-city = 城市
field-postcode = 邮编
field-street = 街道、楼栋、房号
field-date-example = 明天、+3d 或 11/25
field-instant-example = 2026-11-25 14:30
field-pick-date = 从日历中选择
field-duration-example = 1小时30分钟
field-location-example = 22.5431, 114.0579
field-nps-least = 完全不可能
field-nps-most = 非常可能
field-drop-files = 拖放文件到此处，或
field-choose-files = 选择文件
field-reading-file = 正在读取文件…
field-file-not-kept = { $name } 未能保存，请重试。
field-sign-here = 签名区
field-keep-signature = 保存签名
field-sign-again = 重新签名
field-signed = 已签名
field-clash = 您编辑期间，这一项在别处被改过。
field-clash-theirs = 对方
field-clash-mine = 您的
field-clash-keep = 保留我的
field-clash-take = 采用对方的

## form
form-new = 新建{ $name }
form-edit = 编辑 { $name }
form-create = 创建
form-save = 保存
form-cancel = 取消
form-discard = 放弃
form-leave = 还有内容未保存，再按一次 Esc 放弃。
form-more = 其他
form-refused = 未能保存
form-correct = 还有 { $count } 项需要修正
form-clash = 有 { $count } 项在别处被改过，请选择保留哪个值
form-created = 已创建 { $name }
form-saved = 已保存 { $name }

## record
record-add = 添加…
record-edit = 编辑
record-more = 更多操作
record-edit-field = 编辑{ $name }
record-computed = 由其他字段自动计算得出。
record-read-only = 仅由规则或导入写入。
record-key-save = 保存
record-key-cancel = 取消
record-copy-link = 复制链接
record-link-copied = 已复制链接
record-print = 打印…
record-remove = 删除
record-removed = 已删除 { $name }
record-removed-links = 已删除 { $name }，{ $count } 条记录不再与其关联
record-open-page = 整页打开
record-previous = 上一条 (K)
record-next = 下一条 (J)
record-details = 详情
record-timeline = 动态
record-related = 关联
record-score = 评分
record-parts = 记录内容
record-resize = 调整面板宽度
record-gone = 这条记录不在了
record-gone-say = 它可能已被删除，或链接属于另一个工作区。如果刚刚删除，可以撤销找回。
record-to-list = 返回列表
record-crumbs = 面包屑
record-region = 记录

## convert
convert = 转换…
convert-title = 转换 { $name }
convert-do = 转换
convert-done = 已转换 { $name }
convert-count = { $count ->
    [0] 还没有选择
   *[other] 将新建或补全 { $count } 条记录
}
convert-new = 新建
convert-existing = 已有
convert-nothing = 不需要
convert-choice = { $name }怎么处理
convert-which = 选择{ $name }
convert-twin = { $name } 可能是同一个：{ $why }
convert-use = 用这个
convert-use-name = 使用 { $name }
convert-same-field = { $name }相同
convert-same-phone = 电话相同
convert-same-email = 邮箱相同
convert-same-name = 名称相同
convert-same-domain = 域名相同
convert-fills = 只补全空白字段，不覆盖已有内容。
convert-fills-nothing = 该有的都有了，不会覆盖已有内容。
convert-carried = 一并带过去：{ $what }
convert-carried-part = { $count } 条{ $name }
convert-left = { $count } 个字段只留在{ $name }上
convert-left-say = 不会丢失：全部历史在转换后的动态里都能看到。
convert-became = 已转换为
convert-refused = 没有转换
convert-wrong = { $place }：{ $what }

## stream
stream-changes = 修改
stream-search = 搜索动态
stream-no-match = 没有符合的内容
stream-more-kinds = 还有 { $count } 类…
stream-fewer-kinds = 收起
stream-via = { $name } { $title }
stream-kept = 已添加 { $name }
stream-not-kept = { $name } 没能保存
stream-open-picture = 查看图片 { $name }
stream-download = 下载
compose = 添加到动态
compose-what = 添加什么
compose-comment = 评论
compose-activity = 跟进
compose-task = 待办
compose-comment-hint = 写评论，输入 @ 提到同事
compose-activity-hint = 做了什么？第一行作为主题
compose-task-hint = 要做什么？
compose-say = 发表评论
compose-note = 记录跟进
compose-plan = 添加待办
compose-kind = 跟进方式
compose-due = 截止日期
compose-attach = 添加附件…
compose-people = 同事
reply = 回复
reply-hint = 写回复，输入 @ 提到同事
reply-to = 回复{ $name }

## related
related-find = 搜索要添加的内容
related-none-found = 没有这个名称
related-more-of = { $name } 的更多操作
related-edit = 编辑…
tree-fold = 收起 { $name } 的下级
tree-unfold = 展开 { $name } 的下级
tree-level = 第 { $level } 级
tree-sum = 合计{ $name }：{ $sum }
complete-missing = 还缺
complete-whole = 资料完整
complete-share = 已填 { $filled } / { $of }
related-add = 添加关联…
related-add-one = 添加{ $name }
related-all = 查看全部 { $count } 条
related-list = 打开列表
related-edit-here = 就地编辑 { $name }
related-link = 关联已有{ $name }…
related-link-find = 按名称查找
related-link-now = 现属 { $name }
related-linked = 已关联 { $name }
related-unlink = 取消关联
related-unlinked = 已取消关联 { $name }

## score
score-over = 已过 { $points } 分
score-missing = 还差 { $points } 分
score-needs-more = 需超过 { $points } 分
score-met = 共 { $count } 项，满足 { $met } 项
score-dial = { $total } 分，满分 { $most } 分，门槛 { $threshold } 分
score-fit = 匹配度
score-engagement = 活跃度
score-nearest = 最近的提升：满足“{ $what }”，得分可到 { $total }。

## why
why-or = {" "}或{" "}
why-and = {" "}且{" "}
why-not = 并非：{ $what }
why-blank = 未填写
why-found = { $what }：{ $value }
why-holds = 满足：
why-holds-not = 不满足：
why-equals = { $field }为“{ $value }”
why-not-equals = { $field }不是“{ $value }”
why-contains = { $field }包含“{ $value }”
why-not-contains = { $field }不包含“{ $value }”
why-starts-with = { $field }以“{ $value }”开头
why-ends-with = { $field }以“{ $value }”结尾
why-greater = { $field }大于 { $value }
why-at-least = { $field }不小于 { $value }
why-less = { $field }小于 { $value }
why-at-most = { $field }不大于 { $value }
why-between = { $field }介于 { $value } 之间
why-one-of = { $field }属于 { $value }
why-none-of = { $field }不属于 { $value }
why-empty = { $field }未填写
why-filled = { $field }已填写
why-changed = { $field }有变化

## timeline
timeline-show = 显示
timeline-all = 全部
timeline-automation = 规则
timeline-loading = 正在读取日志…
timeline-empty = 暂无动态
timeline-more = 再显示 { $count } 条
timeline-more-changes = 另有 { $count } 项变更
timeline-today = 今天
timeline-yesterday = 昨天
timeline-somebody = 未署名
timeline-rule = 规则
timeline-created = 创建了这条记录
timeline-created-import = 导入了这条记录
timeline-created-snapshot = 打开快照时带入了这条记录
timeline-created-again = 恢复了这条记录
timeline-created-merge = 在另一台设备上创建了这条记录
timeline-brought = 自带这条记录
timeline-brought-sample = 带来了这条示例数据
timeline-added = 安装行业包“{ $name }”时添加了这条记录
timeline-added-sample = 安装行业包“{ $name }”时添加了这条示例数据
timeline-computing = 计算字段
timeline-followed = 随相关改动自动更新
timeline-removed = 删除了这条记录
timeline-imported = 通过导入更新了这条记录
timeline-undid = 撤销了一次修改
timeline-redid = 重做了一次修改
timeline-day = 随日期自动更新
timeline-withheld = 有部分动作未能执行
timeline-would-be-blank = 会被留空，而它是必填项
timeline-merged = 在另一台设备上做了修改
timeline-changed-one = 修改了{ $field }
timeline-changed = 修改了 { $count } 个字段
timeline-before = 原值
timeline-after = 新值
timeline-why = 为什么？
timeline-why-now = 按记录当前内容核对（规则自身改动的部分除外）。
timeline-why-always = 该规则没有条件，每次触发都会执行。
## first

first-title = 欢迎
first-language = 语言
first-question = 您做哪一行？
first-question-say = 行业包自带这一行要用的业务对象、表单和规则，以后都可以改。
first-packs = 行业包
first-with-sample = 带示例数据开始
first-empty = 从空白开始
first-naming = 由谁开始
first-person = 你的姓名
first-person-missing = 你的操作会署上姓名，请填写
first-workspace = 公司或团队（可不填）
first-workspace-of = { $name }的工作区
first-begin = 开始
first-back = 返回
first-open = 打开快照…
first-stays-here = 数据只存在这个浏览器里
first-works-offline = 断网也能用
first-can-undo = 每一步都能撤销
first-getting-ready = 正在准备“{ $name }”
first-opening = 正在打开 { $name }
first-progress = 进度
first-seconds = 只要几秒
first-part-definitions = 对象、字段和规则
first-part-records = 同事和团队
first-part-sample = 示例客户、商机和任务
first-part-saving = 保存
first-problem-do = 没有任何改动。请再试一次，或者换一种方式开始。
first-not-a-snapshot = { $name } 不是本产品的快照。

## import

import-title = 导入
import-crumbs = 位置
import-no-entity = 没有可导入的对象
import-no-entity-say = 这个地址指向的业务对象不存在。
import-home = 回到首页
import-step-file = 选文件
import-step-columns = 对应列
import-step-result = 结果
import-choose = 选择文件
import-choose-say = 支持 CSV 和带分隔符的文本，可一次选择多个相关文件。文件只在本机读取，不会上传。
import-drop = 把文件拖到这里，或者
import-drop-choose = 选择文件
import-drop-hint = 能识别 HubSpot、Salesforce、Zoho、Pipedrive 导出的文件
import-file = 要导入的文件
import-paste = 直接粘贴数据
import-paste-label = 数据行，第一行是列名
import-paste-take = 使用这些数据
import-pasted = 粘贴的数据
import-file-facts = { $size }，{ $rows } 行，{ $columns } 列
import-file-facts-about = { $size }，约 { $rows } 行，{ $columns } 列
import-encoding = 编码
import-separator = 分隔符
import-quote = 文本引号
import-quote-double = 双引号 "…"
import-quote-single = 单引号 '…'
import-quote-none = 无，引号只是普通字符
import-separator-comma = 逗号 ,
import-separator-semicolon = 分号 ;
import-separator-tab = 制表符
import-separator-bar = 竖线 |
import-first-row = 第一行
import-first-row-names = 是列名
import-first-row-data = 是数据
import-detected = 已按文件内容识别
import-first-rows = 前 { $count } 行
import-blank-there = （另有 { $count } 个空行，会略过）
import-column-number = 第 { $number } 列
import-unreadable = 读不了 { $name }。没有任何改动，请重新选择，或先复制到别的文件夹。
import-workbook = { $name } 是 Excel 工作簿。请先在表格软件里另存为 CSV，再选那个文件。
import-wrong-encoding = { $name } 不是 { $encoding } 编码。没有任何改动，请换一种编码。
import-cancel = 取消
import-next = 下一步
import-next-needs-file = 请先选择文件
import-back = 上一步
import-match-columns = 把列对应到字段
import-matched = { $columns } 列里有 { $found } 列对应上了字段。
import-missing = 没有列对应到“{ $names }”。
import-missing-do = 新记录必须填它，缺了的行会被拒绝。请在下面为它选一列。
import-list-separator = 、
import-columns-and-fields = 列与字段
import-column-in-file = 文件里的列
import-samples = 样例
import-field-of = { $things }的字段
import-how = 依据
import-filled = { $count } 格有内容
import-field-for = “{ $column }”对应的字段
import-leave-out = 不导入
import-read-as-blank = 当作空白
import-note-left-out = 不导入
import-note-twice = 上面已用过
import-note-twice-say = 两列里先有内容的那格算数
import-note-chosen = 您选的
import-note-last-time = 与上次相同
import-note-sure = 确定
import-note-suggested = 建议
import-reason-name = 列名就是字段名
import-reason-synonym = 列名是它的另一种叫法
import-reason-similar = 列名和它相近
import-reason-content = 内容像是这个字段的值
import-blank = 当作空白的内容
import-blank-add = 添加…
import-blank-remove = 去掉 { $text }
import-blank-more = 还有 { $count } 个常见写法
import-blank-fewer = 收起
import-blank-stands = “{ $text }”出现在 { $count } 格里
import-blank-none = 文件里没有这些写法
import-blank-also = 这些可能也是空白
import-blank-offer = { $text }（{ $count }）
import-same-when = 怎样算同一条{ $thing }
import-same-field = { $field }相同
import-same-never = 不判断，每行都新建
import-then = 导入方式
import-then-update = 新建，并更新已有的
import-then-skip = 只新建
import-then-create = 全部新建（可能重复）
import-unknown-options = 选项里没有的内容
import-unknown-links = 找不到的名称
import-unknown-reject = 拒绝这一行
import-unknown-blank = 留空
import-unknown-option-add = 加为新选项
import-unknown-link-create = 新建这条记录
import-remember = 记住这次的对应
import-needs-column = 请至少为一列选择字段
import-tab-rejected = { $count } 行未通过
import-try = 先试前 100 行
import-start = 导入 { $count } 行
import-start-about = 导入约 { $count } 行
import-tried = 前 { $rows } 行里，将新建 { $created } 条、更新 { $updated } 条、无变化 { $unchanged } 条、跳过 { $skipped } 条、拒绝 { $rejected } 条。
import-tried-nothing-kept = 试运行没有保存任何内容。
import-running = 正在导入{ $things }
import-running-rows = 已读 { $done } 行，共 { $rows } 行
import-running-rows-about = 已读 { $done } 行，共约 { $rows } 行
import-running-say = 您可以继续做别的事。如果取消，已经导入的会留着，之后可以撤销。
import-count-created = 新建
import-count-updated = 更新
import-count-skipped = 跳过
import-count-rejected = 拒绝
import-stop = 取消导入
import-refused = 导入没能开始
import-refused-say = 没有任何改动。
import-in-column = { $column }：{ $wrong }
import-done = { $count ->
    [1] 已导入 1 条{ $thing }
   *[other] 已导入 { $count } 条{ $things }
 }
import-stopped = { $count ->
    [1] 已取消，先导入了 1 条{ $thing }
   *[other] 已取消，先导入了 { $count } 条{ $things }
 }
import-done-whole = { $file }：{ $rows } 行，行行都有交代。
import-blank-rows = 另有 { $count } 个空行，已略过。
import-done-part = { $file }：共 { $rows } 行，读了 { $done } 行。
import-done-part-about = { $file }：共约 { $rows } 行，读了 { $done } 行。
import-undone = 导入已撤销
import-undone-say = 一切回到导入之前。需要时可以重做。
import-created = 新建
import-updated = 更新
import-skipped = 跳过
import-rejected = 拒绝
import-also-created = 另建 { $count } 条关联记录
import-updated-say = 写入有内容的格
import-skipped-say = 按要求略过
import-rejected-say = 见下表
import-understood = 换了个理解的内容
import-field = 字段
import-in-file = 文件里写的
import-taken-for = 理解为
import-taken-for-nothing = 没找到，留空
import-rows = 行数
import-rejected-rows = 被拒绝的行
import-download-rejected = 下载被拒绝的行
import-row = 行号
import-column = 列
import-value = 内容
import-value-blank = 空白
import-reason = 原因
import-pages = 被拒绝的行，翻页
import-page = 第 { $from } 到 { $to } 条，共 { $count } 条
import-page-before = 上一页
import-page-after = 下一页
import-rejected-file = { $name } 被拒绝的行.csv
import-undo = 撤销导入
import-undo-say = 撤回全部 { $count } 处改动，更新的也会还原
import-again = 回到对应列
import-show = 查看{ $things }
import-step-cleaning = 清洗
import-step-trial = 试导入
import-files = 文件
import-files-count = { $count } 个文件
import-file-drop = 移除 { $name }
import-file-name = 文件
import-file-becomes = 导入为
import-becomes = { $file } 的行导入为
import-becomes-nothing = 不导入此文件
import-next-needs-kind = 至少要指定一个文件导入为什么
import-why-chosen = 您的选择
import-why-home = 您从该列表进入
import-why-name = 根据文件名判断
import-why-like = 您从该列表进入，但列名更像{ $things }
import-why-headings = 根据列名判断
import-why-named = { $file } 的“{ $column }”列引用了这些行
import-why-preset = 识别为 { $program } 的导出文件。
import-why-unknown = 未能识别：请选择导入为什么
import-link = “{ $column }”通过“{ $key }”引用 { $file } 的行
import-link-found = { $names } 个名称中找到 { $found } 个
import-link-missing = 未找到：{ $names }
import-links = 本文件如何引用其他文件
import-dates = 日期顺序
import-dates-as-written = 按单元格原样
import-dates-day-first = 日、月、年
import-dates-month-first = 月、日、年
import-dates-year-first = 年、月、日
import-dates-year = 全部 { $dates } 个日期都以年份开头，如 { $example }
import-dates-none = { $dates } 个日期都看不出顺序，如 { $example }
import-dates-day = { $dates } 个日期中有 { $count } 个只能是日在前，如 { $example }
import-dates-month = { $dates } 个日期中有 { $count } 个只能是月在前，如 { $example }
import-dates-torn = { $days } 个日期只能是日在前，{ $months } 个只能是月在前
import-dates-open = { $count } 个日期（如 { $example }）既可读作日在前也可读作月在前。请选择日期顺序，否则这些行会被拒绝。
import-decimals = 小数点
import-decimals-as-point = 点：1,234.56
import-decimals-as-comma = 逗号：1.234,56
import-decimals-none = { $numbers } 个数字都看不出小数点写法
import-decimals-point = { $numbers } 个数字中有 { $count } 个只能用点作小数点，如 { $example }
import-decimals-comma = { $numbers } 个数字中有 { $count } 个只能用逗号作小数点，如 { $example }
import-decimals-torn = { $point } 个数字只能用点，{ $comma } 个只能用逗号
import-currency = 币种
import-currency-named = { $count } 个金额注明了 { $currency }
import-currency-none = 没有金额注明币种；工作区币种为 { $currency }
import-currency-usual = 工作区币种（{ $currency }）
import-name-by = 用“{ $column }”作名称
import-note-preset = 已知导出格式
import-note-joined = 与上面一列合并
import-reason-file = 单元格引用了另一个文件的行
import-free = 尚无对应列的字段
import-free-say = { $columns ->
    [0] 每一列都有去处。把字段拖到列上即可更改。
   *[other] 有 { $columns } 列不导入。把字段拖到列上，或在表中选择。
 }
import-then-only-update = 只更新已有的
import-overwrite = 已有的值
import-overwrite-replace = 用文件中的值替换
import-overwrite-fill = 保留，只补空白
import-clean = 清洗单元格
import-clean-say = 读取之前对单元格做的处理。示例看着没问题就不用改。
import-clean-steps = 步骤
import-clean-preview = 处理前后
import-clean-add = 为“{ $column }”添加步骤
import-clean-add-step = 添加步骤…
import-clean-remove = 从“{ $column }”移除“{ $step }”
import-clean-tidy = 全部去空格、全角转半角
import-clean-changed = { $cells } 种内容中有 { $count } 种改变
import-clean-spaces = 去多余空格
import-clean-half-width = 全角转半角
import-clean-upper = 全部大写
import-clean-lower = 全部小写
import-clean-title = 首字母大写
import-clean-company = 去掉“有限公司”、Co., Ltd 等
import-clean-phone = 电话加国家代码
import-clean-phone-national = 电话去国家代码
import-clean-split = 只留一部分
import-clean-replace = 查找替换
import-clean-default = 补空白
import-clean-at = 分隔处（留空为空格）
import-clean-find = 查找
import-clean-with = 替换为
import-clean-text = 空白时填入
import-clean-code = 国家代码
import-clean-part = 保留哪部分
import-clean-first = 第一部分
import-clean-last = 最后一部分
import-clean-rest = 除第一部分外
import-words = 不在选项中的文字
import-words-say = 指定每个文字对应什么，或交给上一步的规则。
import-words-of = { $column } → { $field }（{ $count }）
import-word = “{ $word }”对应
import-word-rule = 按规则处理
import-word-new = 新建选项“{ $word }”
import-word-blank = 留空
import-trial = 看看前几行
import-trial-say = 每个文件前 100 行会变成什么。不会保存任何内容。
import-trying = 正在试导入前几行
import-tried-show = 显示
import-tried-all = 全部
import-tried-rows = 试导入的行
import-fate = 结果
import-unchanged = 无变化
import-unchanged-say = 没有新内容
import-start-files = 从 { $files } 个文件导入 { $count } 行
import-start-files-about = 从 { $files } 个文件导入约 { $count } 行
import-record = 条记录
import-records = 条记录
import-per-file = 各文件的行

## settings

settings-title = 设置
settings-parts = 设置的各部分
settings-general = 通用
settings-shortcuts = 键盘快捷键
settings-danger = 不可撤销
settings-backup = 上次备份
settings-backup-never = 从未备份
settings-backup-say = 从这台设备保存的时间。建议每两周备份一次。
settings-backup-due = 该备份了：请在下方保存一份。
settings-reset = 清空工作区
settings-reset-say = 所有记录、配置、文件和操作历史都会删除，并回到首次使用界面
settings-reset-ask = 清空…
settings-reset-title = 清空整个工作区？
settings-reset-warning = 全部内容连同操作历史都会删除，无法撤销。如果以后可能用到，请先保存一份备份。
settings-reset-type = 输入“{ $name }”以继续
settings-reset-do = 清空
general-name = 名称
general-name-say = 工作区的名称，用于界面和导出
general-language = 自动内容的语言
general-language-say = 规则生成的待办和通知所用的语言；界面语言在“外观”中设置
general-currency = 货币
general-currency-say = 未注明货币的金额按此货币
general-calling-code = 国家区号
general-calling-code-say = 未写区号的电话按此区号
general-calling-code-wrong = 请输入 1 到 4 位数字
general-changed = 工作区设置已修改
time = 时间
time-zone = 时区
time-zone-say = 各设备都按此时区划分日期，读取和显示时间
time-zone-own = 跟随设备（当前 { $name }）
time-week = 每周第一天
time-week-say = 用于日历、按周分组和“本周”
time-year = 财年起始月
time-year-say = 分组、时间线和“本季度”从该月起计算季度和年度
general-rates = 汇率
general-rates-say = 多种货币的合计会按当日汇率折合成 { $currency } 显示。每个汇率从所填日期起生效。
general-rate-currency = 汇率的货币
general-rate-of = 1 { $currency } 折合
general-rate-since = 自
general-rate-remove = 删除此汇率
general-rate-add = 添加汇率
general-rates-save = 保存汇率
general-rates-discard = 放弃修改
figure-together = ≈ { $all }（{ $each }）
people-none = 还没有人员资料
people-none-say = 安装带有人员资料的行业包后，改动会署上姓名。
people-find = 查找人员
people-no-match = 没有找到
people-add = 新建{ $thing }
people-add-below = 在{ $name }下新建
people-edit = 编辑{ $name }
people-retire = 停用{ $name }
people-return = 启用{ $name }
people-inactive = 已停用
people-retired = 已停用“{ $name }”
people-returned = 已启用“{ $name }”
people-acts-now = 当前正以此人身份操作，请先切换到其他人
people-teams = 团队
people-teams-say = 成员所属；团队可以逐级设置
people-members = { $count } 人
status-backup-due = 该备份了
arrange-open = 整理侧栏
arrange-title = 整理侧栏
arrange-say = 仅对这台设备生效：把常用的置顶，其余隐藏。隐藏的项目在“更多”里。
arrange-pinned = 置顶
arrange-hidden = 已隐藏
arrange-pin = 置顶{ $name }
arrange-unpin = 取消置顶{ $name }
arrange-hide = 隐藏{ $name }
arrange-show = 显示{ $name }
arrange-up = 上移{ $name }
arrange-down = 下移{ $name }
arrange-reset = 恢复默认
arrange-done = 完成
settings-look = 外观
settings-people = 人员
settings-storage = 存储与备份
settings-packs = 行业包
settings-scripting = 脚本
settings-about = 关于
settings-language = 语言
settings-language-say = 您起的名字保持原样
settings-theme = 主题
settings-theme-system = 跟随系统
settings-theme-light = 浅色
settings-theme-dark = 深色
settings-density = 疏密
settings-density-say = 行高 36 或 28 像素；触屏总是 44
settings-density-comfortable = 宽松
settings-density-compact = 紧凑
settings-acting = 当前身份
settings-acting-say = 在这台设备上的改动都署这个名字
settings-usage = 已用 { $used }，共 { $allowed }
settings-usage-used = 已用
settings-usage-free = 可用
settings-usage-unknown = 浏览器没有说明还剩多少空间
settings-usage-measuring = 正在测量…
settings-protected = 不会被清理
settings-protected-say = 浏览器已承诺保留这些数据
settings-not-protected-say = 空间不足时浏览器可能清掉这些数据，请不时保存快照。
settings-persistent = 持久保存
settings-not-persistent = 未承诺
settings-commits = 日志条数
settings-commits-say = 从一开始的每次写入都在。导入这样的大动作会记成许多条。
settings-show-history = 查看历史
settings-snapshot = 快照
settings-snapshot-say = 全部内容存成一个文件，可留底，也可带走
settings-with-files = 包含附件
settings-open-snapshot = 打开…
settings-save-snapshot = 保存
settings-save-snapshot-first = 先保存快照
settings-not-a-snapshot = { $name } 不是本产品的快照。没有任何改动。
settings-export-failed = 快照没能写出，您的数据没有变化。{ $detail }
settings-restore-title = 替换全部内容？
settings-restore-say = { $name } 将取代整个工作区。
settings-restore-made = 保存时间
settings-restore-holds = 内容
settings-restore-files = 附件
settings-restore-steps = 日志条数
settings-restore-here = 现有内容
settings-restore-records = { $entities } 类，共 { $records ->
   *[other] { $shown }
 } 条记录
settings-restore-warning = 这个工作区的全部记录、定义和历史都会消失，而且不能撤销。以后可能还要用的话，请先保存快照。
settings-restore-leave = 保留现有内容
settings-restore-do = 替换全部
settings-restore-failed = { $name } 没有被接受，一切照旧。{ $detail }
settings-pack-there = 已安装
settings-pack-install = 安装
settings-pack-install-sample = 带示例安装
settings-console = 在控制台里自动化
settings-console-say = 打开浏览器的开发者工具；每个命令和点击一样受检查、可撤销
settings-copy = 复制
settings-version = Perennial { $version }
settings-version-say = 首次打开后即可离线使用。没有服务器，不用账号。
settings-tour = 新手引导
settings-tour-say = 三步看懂最常用的功能
settings-tour-begin = 再看一遍
settings-copy-details = 复制详情

## history

history-title = 操作历史
history-undo = 撤销
history-redo = 重做
history-nothing-to-undo = 没有可撤销的步骤
history-nothing-to-redo = 没有可重做的步骤
history-reading = 正在读取历史…
history-empty = 还没有任何改动
history-empty-say = 工作区的每次改动都会记在这里：谁改的、为什么改。
history-today = 今天
history-yesterday = 昨天
history-somebody = 有人
history-nameless = 未命名
history-undone = 已撤销
history-undo-this = 撤销…
history-details = 详情
history-undid = 撤销了一步
history-redid = 重做了一步
history-undid-what = 撤销了这一步：{ $what }
history-redid-what = 重做了这一步：{ $what }
history-changes = { $count } 处改动
history-imported = { $count ->
    [1] 导入了 1 条{ $thing }
   *[other] 导入了 { $count } 条{ $things }
 }
history-added = 添加了 { $count } 条记录
history-pack = 行业包“{ $name }”
history-pack-brought = 带来了 { $count } 条记录
history-pack-brought-sample = 带来了 { $count } 条记录，其中 { $sample } 条是示例数据
history-installed-pack = 安装了行业包“{ $name }”，含 { $count } 条记录
history-installed-sample = 安装了行业包“{ $name }”，含 { $count } 条记录，其中 { $sample } 条是示例数据
history-installed = 安装了行业包，含 { $count } 条记录
history-submitted = 收到“{ $form }”的填写：新建{ $thing }“{ $title }”
history-submitted-again = 收到“{ $form }”的填写，已并入原有记录
history-traffic = 统计了“{ $name }”的访问
history-tick = 新的一天，日期相关的字段已更新
history-merged = 合并了另一台设备的 { $count } 步操作
history-restored = 打开了一份备份
history-created = 新建了{ $thing }“{ $title }”
history-changed = 修改了{ $thing }“{ $title }”
history-changed-field = 修改了{ $thing }“{ $title }”的{ $fields }
history-changed-many = 修改了 { $count } 条{ $things }
history-changed-something = 做了修改
history-moved = 把“{ $title }”移到“{ $to }”
history-converted = 将“{ $title }”转换为 { $count } 条记录
history-removed = 删除了{ $thing }“{ $title }”
history-removed-many = 删除了 { $count } 条{ $things }
history-view-made = 新建了视图“{ $name }”
history-view-changed = 修改了视图“{ $name }”
history-view-removed = 删除了视图“{ $name }”
history-workspace-changed = 修改了工作区设置
history-defined = 修改了“{ $name }”的定义
history-defined-many = 修改了 { $count } 个定义
history-by-rules = 其中 { $count } 处由规则改动
history-more-changes = 还有 { $count } 处改动
history-detail-created = 新建{ $thing }
history-detail-removed = 删除{ $thing }
history-detail-changed = 修改{ $thing }
history-detail-defined = 新增定义
history-detail-redefined = 修改定义
history-detail-undefined = 删除定义
history-detail-by = 由“{ $name }”改动
history-blank = 空白
history-became = 变为
history-undo-this-of = 撤销…{ $what }
history-redo-this = 重做…
history-redo-this-of = 重做…{ $what }
history-filter = 筛选操作历史
history-find = 搜索操作或名称
history-anybody = 所有人
history-any-entity = 所有对象
history-any-sort = 所有类型
history-sort-edit = 人工修改
history-sort-rules = 规则参与
history-sort-import = 导入与行业包
history-sort-turn = 撤销与重做
history-sort-design = 配置修改
history-sort-time = 日期更新
history-sort-whole = 备份与合并
history-from = 从
history-until = 到
history-show-all = 显示全部
history-no-match = 没有符合条件的操作
history-no-match-say = 已查完全部记录。换个词试试，或显示全部。
history-searched = 已查 { $read } / { $total } 条…
history-undo-ask = 撤销这一步？
history-redo-ask = 重做这一步？
history-undo-do = 撤销
history-redo-do = 重做
history-keep-it = 保持不变
history-goes-back = 将恢复的内容
history-nothing-goes-back = 没有可恢复的内容：之后都已被改动。
history-show-what = 查看每处改动
history-back-created = { $count ->
    [one] { $count } 条{ $thing }恢复
   *[other] { $count } 条{ $things }恢复
 }
history-back-removed = { $count ->
    [one] { $count } 条{ $thing }移除
   *[other] { $count } 条{ $things }移除
 }
history-back-updated = { $count ->
    [one] { $count } 条{ $thing }恢复原值
   *[other] { $count } 条{ $things }恢复原值
 }
history-back-defined = { $count } 个配置恢复
history-no-clash = 之后没有相关改动，后来的操作都会保留。
history-clashes = { $count } 处之后又有改动
history-more-clashes = 还有 { $count } 处
history-clash-choice = 之后的改动
history-clash-leave = 保留现在的样子
history-clash-leave-say = 只恢复其余部分
history-clash-take = 一并恢复
history-clash-take-say = 后来的改动会被覆盖
history-clash-grown = 由这一步新建；之后改过：{ $fields }
history-clash-linked = 由这一步新建；现在被“{ $title }”引用
history-clash-needed = 由这一步新建；“{ $title }”离不开它
history-clash-gone = 之后已删除
history-clash-needs = 无法恢复：它所属或必需的记录已删除
history-clash-taken = { $field }现在已被“{ $title }”占用
history-clash-undefined = { $field }已不能填这样的值
history-clash-no-entity = 这类记录已不存在
history-clash-redefined = 之后又改过配置
history-stays = 无论如何都保留
history-now = 现在
history-would-be = 将恢复为
past-title = 历史版本
past-open = 历史版本
past-as-of = { $when } 的版本
past-after = { $who }{ $what }之后
past-earlier = 更早
past-later = 更晚
past-day = 某日结束时
past-restore = 恢复这些值
past-restored = 已恢复 { $count } 个字段的值
past-nothing-to-restore = 没有可以恢复的差异
past-none = 没有这条记录的历史
past-none-say = 操作历史里没有与它相关的内容。
past-not-there = 当时还没有这条记录
past-not-there-say = 请在右侧选择别的时间点。
past-moments = 时间点
past-gone = 记录现已删除。可在操作历史中撤销删除来恢复。
past-as-now = 与现在完全一样
past-differs = 有 { $count } 个字段与现在不同
past-rest = 其他字段

## Shell
nav-grow = 获客
nav-sell = 成交
nav-serve = 服务
nav-keep = 留存
nav-work = 工作
nav-people = 团队
nav-history = 操作历史
nav-settings = 设置
shell-act-as = 切换为
shell-acting-as = 当前身份
shell-breadcrumb = 面包屑
shell-dock = 快捷导航
shell-fold-rail = 收起侧栏
shell-unfold-rail = 展开侧栏
shell-main-navigation = 主导航
shell-more = 更多
shell-nobody = 未指定
shell-blocked-say = 另一个标签页仍在使用本工作区的旧版本。关闭那个标签页后，这里会自动打开。数据未作任何改动。
shell-blocked-title = 数据库正被其他标签页占用
shell-no-room-say = 剩余空间不足，无法打开工作区。请清理设备空间后刷新。数据未作任何改动。
shell-no-room-title = 存储空间已满
shell-nothing-to-redo = 没有可重做的操作
shell-nothing-to-undo = 没有可撤销的操作
shell-nowhere-home = 返回首页
shell-nowhere-say = 工作区里没有这个地址对应的内容，可能已改名或删除。
shell-nowhere-title = 这里没有内容
shell-redo = 重做
shell-reload = 刷新
shell-search = 搜索或跳转…
shell-search-short = 搜索
shell-skip = 跳到正文
shell-too-new-say = 数据由第 { $found } 版写入，当前页面只认识到第 { $known } 版。数据未作任何改动，请刷新以使用新版页面。
shell-rescue = 应急导出…
shell-too-new-title = 工作区的版本比当前页面新
shell-undo = 撤销
shell-unreadable-say = 数据未作任何改动。请刷新重试；如果仍然不行，请保存一份应急导出。浏览器提示：{ $detail }
shell-unreadable-title = 工作区未能打开

## Status line
status-name = 状态
status-not-kept = 不会保留
status-not-saved = 未保存
status-offline = 已离线，功能照常可用
status-saved = 已保存
status-saving = 正在保存
status-storage = 存储
status-storage-used = 浏览器存储空间已用 { $percent }%

## Quick jump
act-as = 以{ $name }的身份操作
act-chinese = 切换为中文
act-comfortable = 宽松行距
act-compact = 紧凑行距
act-dark = 深色主题
act-english = 切换为英文
act-export = 导出整个工作区的快照
act-fold = 收起或展开侧边栏
act-history = 查看历史记录
act-import = 导入{ $name }…
act-light = 浅色主题
act-system = 主题跟随系统
day-days-ago = { $count } 天前
day-days-ahead = { $count } 天后
day-first-of = { $stretch }第一天
day-last-days = 最近 { $count } 天
day-last-month = 上个月
day-last-months = 最近 { $count } 个月
day-last-of = { $stretch }最后一天
day-last-quarter = 上季度
day-last-week = 上周
day-last-year = 去年
day-months-ago = { $count } 个月前
day-months-ahead = { $count } 个月后
day-next-days = 未来 { $count } 天
day-next-month = 下个月
day-next-months = 未来 { $count } 个月
day-next-quarter = 下季度
day-next-week = 下周
day-next-year = 明年
day-stretches-ago = { $stretch ->
    [week] { $count } 周前
    [month] { $count } 个月前
    [quarter] { $count } 个季度前
   *[year] { $count } 年前
}
day-stretches-ahead = { $stretch ->
    [week] { $count } 周后
    [month] { $count } 个月后
    [quarter] { $count } 个季度后
   *[year] { $count } 年后
}
day-this-month = 本月
day-this-quarter = 本季度
day-this-week = 本周
day-this-year = 今年
day-today = 今天
palette-all = 全部
palette-count = { $count ->
    [0] 没有找到
   *[other] { $count } 条结果
}
palette-either = （{ $what }）
palette-look-in = 搜索范围
palette-narrow = 缩小范围
palette-not-understood = 没看懂“{ $words }”这个筛选条件，已按文字搜索
palette-only-commands = 只看命令
palette-placeholder = 名称、编号、命令，或“金额>5万 且 7天未跟进”…
palette-recent = 最近使用
palette-records = { $count } 条
palette-section-commands = 命令
palette-section-lists = 列表与视图
palette-section-records = 记录
palette-so = 当前
palette-understood = 筛选
palette-where = { $name }：{ $what }
palette-where-words = { $name }：{ $what }，含“{ $words }”
palette-widen = { $name }：恢复全部范围
palette-beside = 在列表侧边打开
palette-choose = 选择
palette-list = 列表
palette-nothing = 没有找到
palette-open = 打开
palette-results = 结果
palette-title = 搜索

## Shortcuts
shortcuts-cancel = 放回原处
shortcuts-carry = 移动卡片
shortcuts-close = 关闭
shortcuts-edit = 编辑单元格
shortcuts-everywhere = 通用
shortcuts-find = 在当前视图中查找
shortcuts-in-list = 列表
shortcuts-in-record = 记录
shortcuts-lift = 拿起或放下卡片
shortcuts-move = 移动
shortcuts-new = 新建记录
shortcuts-next = 下一条、上一条
shortcuts-on-board = 看板
shortcuts-page = 向下或向上翻页
shortcuts-ends = 首列与末列
shortcuts-first-last = 首行与末行
shortcuts-in-form = 表单中
shortcuts-save = 保存
shortcuts-steps = 逐步移动
shortcuts-select = 选中行
shortcuts-title = 键盘快捷键
shortcuts-clear = 清空单元格
shortcuts-copy = 复制、剪切、粘贴单元格
shortcuts-fill-down = 向下填充
shortcuts-fill-right = 向右填充
shortcuts-fill-range = 将输入内容填入整个选区
shortcuts-from-first = 到第一个或最后一个单元格
shortcuts-next-cell = 保存并向下、向右
shortcuts-range = 选择单元格
shortcuts-range-all = 全选单元格，再按选中所有行
shortcuts-range-column = 选择整列
shortcuts-range-row = 选择整行单元格
shortcuts-type = 直接输入以替换
shortcuts-width = 在表头调整列宽

## Lists
list-average = 平均
list-choose-columns = 选择显示的字段
list-clear-search = 清空搜索词
list-clear-selection = 取消选择
list-count = 共 { $count } 条
list-count-of = { $count } / 共 { $all } 条
list-drop-filters = 移除全部筛选
list-empty-say = 还没有任何记录。可以手动新建第一条，也可以从文件导入{ $name }。
list-empty-title = { $name }都放在这里
list-field = 字段
list-find = 在当前视图中查找
list-import = 导入…
list-new = 新建{ $name }
list-new-short = 新建
list-new-value = 新值
list-no-match-say = 搜索词和筛选条件隐藏了 { $count } 条记录。
list-no-match-search = 没有符合“{ $search }”的记录
list-no-match-title = 没有符合条件的记录
list-open-beside = 在侧边打开
list-remove = 删除
list-select = 选择 { $title }
list-select-all = 全选
list-select-rows = 多选
list-selected = 已选 { $count } 条
list-sum = 合计
list-untitled = 未命名
list-width-of = { $name }的列宽
list-with-selected = 对所选记录
list-wrong-say = 数据是安全的，没有任何改动。
list-wrong-title = 这个视图暂时无法显示
toast-changed = 已修改 { $count } 条记录
toast-removed = 已删除 { $count } 条记录
toast-removed-links = 已删除 { $count } 条记录，另有 { $links } 条记录不再与其关联
toast-refused = 未作任何改动。{ $reason }

## Views
shape-all-day = 整天按
shape-board = 看板
shape-by = 分列按
shape-calendar = 日历
shape-colour = 颜色按
shape-columns = 显示的列
shape-compact = 紧凑卡片
shape-cover = 图片取自
shape-from = 开始于
shape-gallery = 画廊
shape-lanes = 泳道按
shape-list = 列表
shape-none = 无
shape-sum = 合计
shape-timeline = 时间线
shape-title = 布局
shape-to = 结束于
view-actions = 视图操作
view-all = 全部
view-changed = 已改动，未保存
view-create = 创建视图
view-looks-like = 外观
view-name = 名称
view-name-long = 共 { $count } 个字，最多 { $most } 个
view-name-missing = 请填写视图名称。
view-new = 新建视图…
view-new-title = 新建视图
view-remove = 删除该视图
view-reset = 还原
view-save = 保存视图
view-save-as = 另存为新视图…
view-save-as-title = 另存为新视图
view-saved = 已保存的视图
toast-left-view = “{ $name }”已不符合此列表的条件
toast-view-removed = 已删除视图“{ $name }”

## Filters
filter-add = 添加筛选
filter-add-condition = 添加条件
filter-add-formula = 添加公式
filter-and = 且
filter-comparison = 比较方式
filter-field = 字段
filter-field-gone = 已不存在
filter-formula = 公式
filter-formula-example = 例如：金额 > 50000
filter-from = 从
filter-match = 符合 { $count } 条
filter-name = 筛选：{ $what }
filter-linked = 是
filter-not = 非
filter-or = 或
filter-remove = 移除该筛选
filter-show = 筛选符合以下条件的{ $name }
filter-title = 筛选
filter-to = 到
filter-value = 值
filter-me = 我
filter-me-how = 谁查看该视图，就是谁
filter-where = 当
comparison-equals = 是
comparison-not-equals = 不是
comparison-contains = 包含
comparison-not-contains = 不包含
comparison-starts-with = 开头是
comparison-ends-with = 结尾是
comparison-greater = 大于
comparison-at-least = 不小于
comparison-less = 小于
comparison-at-most = 不大于
comparison-after = 晚于
comparison-from = 不早于
comparison-before = 早于
comparison-until = 不晚于
comparison-between = 介于
comparison-one-of = 属于
comparison-none-of = 不属于
comparison-empty = 为空
comparison-filled = 不为空
comparison-changed = 有变化

## Order and columns
columns-down = 下移“{ $name }”
columns-title = 显示的字段
columns-up = 上移“{ $name }”
sort-add = 添加排序
sort-ascending = 从低到高
sort-by = 按
sort-descending = 从高到低
sort-down = { $name }从高到低
sort-none = 排序
sort-order = 顺序
sort-remove = 移除该排序
sort-then = 再按
sort-title = 排序
sort-up = { $name }从低到高

## Boards
calendar-add-on = 在{ $day }新建
calendar-all-day = 全天
calendar-day = 日
calendar-day-name = { $day }，{ $count ->
    [0] 无安排
   *[other] { $count } 条
}
calendar-earlier = 往前
calendar-free = 当天没有安排
calendar-hour = 时间
calendar-keys = 回车打开，空格拿起，Ctrl 加方向键移动，Ctrl Shift 加方向键调整结束时间。
calendar-later = 往后
calendar-month = 月
calendar-more = 还有 { $count } 条
calendar-name = { $name }，{ $month }
calendar-open-day = 打开{ $day }
calendar-said = { $title }：{ $day }。
calendar-said-lifted = 已拿起“{ $title }”。方向键移动，空格键放下，Esc 键放回。
calendar-seen = 显示范围
calendar-slot = { $day } { $hour }
calendar-today = 今天
calendar-undated = { $count } 条没有“{ $field }”
calendar-week = 周
calendar-week-number = 第几周
calendar-week-title = { $month } 第 { $week } 周
calendar-whole-day = { $day }，全天
board-actions-for = “{ $title }”的操作
board-add-to = 添加到“{ $column }”
board-blank = 未设置
board-change-lane = 更改{ $name }
board-column-actions = 列“{ $column }”的操作
board-drop-here = 放到这里
board-fold = 折叠该列
board-hide = 隐藏该列
board-keys = 按空格键拿起卡片，按 M 键选择列。
board-lane-flag = { $name }：{ $answer }
board-more-lanes = 再显示 { $count } 条泳道
board-move-to = 移至…
board-name = 按{ $field }排列的{ $name }
board-place = { $column } · { $lane }
board-said-lifted = 已拿起“{ $title }”。方向键移动，空格键放下，Esc 键放回。
board-said-moved = “{ $title }”已移至“{ $column }”。
board-said-over = 当前位于“{ $column }”。
board-said-put-back = 已放回原处。
board-stale = 停滞
board-stale-how = 这里已经太久没有动静
board-unfold = 展开{ $name }
board-weighted = 加权
board-weighted-how = 金额 × 赢率
toast-moved = “{ $title }”已移至“{ $column }”
timeline-bar = { $title }，{ $days }
timeline-goto = 显示{ $title }
timeline-keys = 回车打开，空格拿起，Ctrl 加方向键移动，Shift 加方向键调整开始时间，Ctrl Shift 加方向键调整结束时间。
timeline-quarter = { $quarter }季度
timeline-week = { $week }周
timeline-zoom = 刻度
timeline-zoom-day = 日
timeline-zoom-month = 月
timeline-zoom-quarter = 季
timeline-zoom-week = 周
toast-ends-on-day = “{ $title }”到 { $day } 结束
toast-begins-on-day = “{ $title }”从 { $day } 开始
toast-moved-to-day = “{ $title }”已移到 { $day }
toast-not-moved = “{ $title }”未移动。{ $reason }

## tour

tour-back = 上一步
tour-count = 第 { $at } 步，共 { $count } 步
tour-done = 开始使用
tour-list = 直接在列表里干活
tour-list-say = 筛选、排序、查找边输边生效。点姓名，记录就在列表旁打开；单元格可以就地修改。
tour-next = 下一条提示
tour-places = 各就各位
tour-places-say = 列表按客户的一生排好：从首次接触到成交，再到日常跟进。用搜索可以直达任何列表或记录。
tour-skip = 跳过引导
tour-undo = 改错也不怕
tour-undo-say = 每次改动都立即存在本机，随时可以撤销，整批导入也行。

column-menu = 列
column-menu-of = “{ $name }”的菜单
column-sort-besides = 加入排序
column-group = 按此分组
column-ungroup = 取消按此分组
column-filter = 按此筛选…
column-total = 列底统计
column-freeze = 冻结到此列
column-unfreeze = 取消冻结
column-left = 左移
column-right = 右移
column-fit = 适应内容宽度
column-hide = 隐藏“{ $name }”
list-head-tip = 点击排序，按住 Shift 加入排序，拖动可移动
total-none = 不统计
total-filled = 已填
total-distinct = 不同值
total-min = 最小
total-max = 最大
group-none = 分组
group-by = 按{ $names }
group-title = 分组
group-add = 再加一级
group-add-first = 选择分组字段
group-fold-all = 全部收起
group-open-all = 全部展开
group-size = 粒度
group-remove = 移除该级
group-by-value = 每个值
group-by-day = 按天
group-by-week = 按周
group-by-month = 按月
group-by-quarter = 按季度
group-by-year = 按年
group-by-step = 每 { $step } 一组
group-blank = 无{ $name }
group-year = { $year }年
group-quarter = { $year }年第{ $quarter }季度
group-fiscal-year = { $year } 财年
group-fiscal-quarter = { $year } 财年第{ $quarter }季度
group-week = { $day }当周
group-range = { $from } 至 { $to }（不含）
view-more = 更多视图（{ $count }）
view-mine = 仅自己可见
view-copy-link = 复制链接
view-rename = 重命名…
view-rename-do = 重命名
view-rename-title = 重命名视图
view-duplicate = 复制一份
view-copy-of = { $name }（副本）
view-share = 共享给所有人
view-keep-private = 改为仅自己可见
view-only-mine = 仅自己可见
toast-view-private = “{ $name }”现在仅自己可见
toast-view-shared = “{ $name }”已共享
filter-any = 满足任一
filter-all = 全部满足
filter-none = 均不满足
filter-group = 条件组
filter-group-kind = 条件组的关系
filter-add-group = 添加条件组
filter-day = 哪一天
filter-day-fixed = 日历日期
filter-day-today = 今天
filter-day-before = 今天之前
filter-day-after = 今天之后
filter-day-first = 第一天：
filter-day-last = 最后一天：
filter-count = 数量
filter-unit = 单位
filter-unit-days = 天
filter-unit-months = 个月
filter-unit-years = 年
filter-stretch = 哪段时间
filter-span-days = 两个日期之间
filter-span-past-days = 最近 … 天
filter-span-past-months = 最近 … 个月
filter-span-coming-days = 未来 … 天
filter-span-coming-months = 未来 … 个月
filter-words = 用一句话筛选
filter-words-example = 金额>5万 且 7天未跟进…
filter-words-add = 添加
filter-words-found = 符合 { $count } 条
filter-words-lost = 没看懂：{ $words }
filter-words-nothing = 没看懂这句话。请写出字段或选项，以及它应该是什么。
colour-none = 颜色
colour-count = { $count } 种颜色
colour-title = 颜色规则
colour-add = 添加规则
colour-remove = 移除该规则
colour-hue = 颜色
colour-place = 着色范围
colour-row = 整行
colour-card = 整张卡片
colour-cell = 仅“{ $name }”
hue-gray = 灰
hue-red = 红
hue-orange = 橙
hue-amber = 琥珀
hue-green = 绿
hue-teal = 青
hue-sky = 天蓝
hue-blue = 蓝
hue-violet = 紫
hue-pink = 粉
cell-menu = 单元格
cell-only = 只看“{ $value }”
cell-without = 排除“{ $value }”
cell-at-least = 不低于 { $value }
cell-at-most = 不高于 { $value }
cell-from = { $value } 起
cell-until = { $value } 止
sort-up-one = 上移该排序
filter-formula-offers = 可输入的内容
formula-blank = 空
formula-kind = { $kind ->
    [flag] 是/否
    [number] 数字
    [numbers] 多个数字
    [money] 金额
    [text] 文本
    [date] 日期
    [instant] 日期或时间
    [duration] 时长
    [choice] 选项
    [link] 记录
    [list] 列表
    [files] 文件
    [place] 地点
    [criterion] 条件
   *[any] 值
}
## 单元格
cell-closed-formula = 由公式计算得出。
cell-closed-lines = 请打开记录编辑明细。
cell-closed-lookup = 取自关联的记录。
cell-closed-number = 编号在新建时自动生成。
cell-closed-read-only = 只能由规则或导入填写。
cell-closed-rollup = 由相关记录汇总得出。
cell-closed-score = 由评分模型计算得出。
paste-beyond = 有 { $count } 行超出列表末尾
paste-beyond-say = 粘贴的内容比列表长，多出的行可以新建为{ $things }。
paste-cancel = 不粘贴
paste-create = 新建 { $count } 条{ $things }
paste-leave = 忽略多出的行
range-cells = { $rows } 行 × { $columns } 列
range-numbers = { $count } 个数值
refused-beside = 粘贴内容中有 { $count } 列超出最后一列，未粘贴。
refused-cancelled = 已中途停止。完成的部分会保留，可以撤销。
refused-column = 字段
refused-copy = 复制此清单
refused-done = 完成
refused-more = 另有 { $count } 个，复制的清单中包含全部。
refused-new-row = 新记录
refused-reason = 原因
refused-row = 记录
refused-taken = { $count ->
    [0] 其他单元格也没有改动。
   *[other] 其余 { $count } 个单元格已填好。
}
refused-text = 原本要填的内容
refused-title = { $count } 个单元格没有填入
refused-title-beside = 有的列放不下
refused-undo = 全部撤销
toast-cell-closed = “{ $name }”不能在这里编辑。{ $reason }
toast-cells-emptied = 已清空 { $count } 个单元格
toast-cells-filled = 已填充 { $count } 个单元格
toast-cells-copied = 已复制填充 { $count } 个单元格
toast-cells-series = 已按序列填充 { $count } 个单元格
fill-square = 拖动填充
fill-series = 按序列填充
fill-copies = 复制填充
cell-go-on = 向下按序列填充
touch-bar = 对所选单元格
touch-copy = 复制
touch-paste = 粘贴
touch-clear = 清空
touch-fill = 填充
touch-tick = 选中所在行
touch-end = 完成
toast-nothing-to-paste = 剪贴板为空，或浏览器不允许读取剪贴板。请在浏览器中允许此页面读取，或用键盘粘贴。
toast-cells-pasted = 已粘贴 { $count } 个单元格
toast-copied = 已复制 { $count } 个单元格
toast-copied-long = 已复制 { $count } 个单元格，部分内容超出电子表格单元格的长度
toast-refused-copied = 清单已复制到剪贴板

## 批量修改
bulk-add = 添加
bulk-another = 再改一个字段
bulk-apply = 修改 { $count } 条记录
bulk-becomes = 改为
bulk-by-formula = 按公式设置
bulk-cancel = 取消
bulk-change = 批量修改…
bulk-counts = { $changed } 条将修改 · { $unchanged } 条不变 · { $refused } 条不能修改
bulk-days = 天数
bulk-drop = 不修改此字段
bulk-empty = 清空
bulk-export = 导出 CSV
bulk-find = 查找
bulk-formula = 公式
bulk-grow = 按百分比增减
bulk-incomplete = 请选择字段和修改方式
bulk-number = 数值
bulk-operation = 修改方式
bulk-percent = 百分比
bulk-plus = 加上数值
bulk-plus-days = 推后天数
bulk-preview = 修改前后对照
bulk-progress = { $done } / { $all }
bulk-remove = 移除
bulk-replace = 查找替换
bulk-replacement = 替换为
bulk-running = 正在修改记录
bulk-set = 设为
bulk-show = 显示哪些记录
bulk-show-all = 全部
bulk-show-changed = 将修改
bulk-show-refused = 不能修改
bulk-stays = 不变
bulk-stop = 停止
bulk-title = 批量修改 { $count } 条记录
bulk-trying = 正在预演…
toast-exported = 已导出 { $count } 条记录

# Designing entities and fields
nav-build = 搭建
nav-entities = 实体
nav-forms = 表单
act-entities = 实体与字段
design-title = 实体
design-new = 新建实体…
design-new-title = 新建实体
design-new-say = 一种自己的数据：合作伙伴、项目、库存等。建好后马上就有列表、搜索、导入和脚本接口。
design-create = 创建
design-name-missing = 请先填写名称。
design-name-zh = 中文名称
design-name-en = 英文名称
design-plural-zh = 中文复数名称
design-plural-en = 英文复数名称
design-optional = 选填
design-icon = 图标
design-hue = 颜色
design-group = 导航中的位置
design-first-field = 名称
design-first-section = 基本信息
design-section-name = 更多信息
design-find = 查找实体
design-no-match = 没有这样的实体。
design-entity = 实体
design-record-count = 记录数
design-field-count = 字段数
design-from = 来源
design-own = 自建
design-from-pack = 行业包
design-crumbs = 当前位置
design-open-records = 打开记录
design-sheets = 设计器页签
design-fields = 字段
design-page = 记录页面
design-no-entity = 没有这个实体
design-no-entity-say = 它可能已被删除，撤销即可找回。
design-changed = 已修改“{ $name }”
design-deleted = 已删除“{ $name }”
design-palette = 添加字段
design-canvas = 按分区排列的字段
design-inspector = 所选内容的设置
design-add-field = 添加字段
design-itself = 实体设置
design-words = 文字
design-figures = 数字
design-time = 时间
design-choice = 选择
design-records = 记录关联
design-things = 文件与位置
design-computed = 自动填写
design-needs-link = 查找引用需要先有一个关联字段。
design-needs-source = 汇总需要先有指向这里的记录。
design-add-section = 添加分区
design-section = 分区名称
design-section-menu = 分区“{ $name }”的更多操作
design-section-empty = 把字段拖到这里。
design-columns = 列数
design-columns-auto = 自动
design-columns-1 = 一列
design-columns-2 = 两列
design-columns-3 = 三列
design-remove-section = 移除分区，保留字段
design-up = 上移
design-down = 下移
design-off = 未放在页面上
design-off-say = 不需要显示的字段，拖到这里。
design-head = 顶部指标
design-head-say = 把最重要的几个指标拖到这里。
design-retired = 已停用
design-is-title = 记录的名称
design-required = 必填
design-unique = 不允许重复
design-read-only = 仅由规则和导入写入
design-in-head = 同时显示在顶部
design-field-menu = “{ $name }”的更多操作
design-move-to = 移到“{ $name }”
design-into-head = 显示在顶部
design-out-of-head = 从顶部移除
design-off-page = 从页面移除
design-retire = 停用
design-bring-back = 恢复使用
design-delete = 删除…
design-said-lifted = 已拿起“{ $name }”。方向键移动，空格放下，Esc 放回。
design-said-put-back = 已放回。
design-said-before = 在“{ $name }”之前
design-said-end = “{ $name }”的末尾
design-said-dropped = 已放下。
design-kind = 类型
design-help = 说明
design-help-zh = 中文说明
design-help-en = 英文说明
design-key = 标识
design-max-length = 最多字符数
design-pattern = 格式（正则表达式）
design-pattern-say = 整段文字须匹配的正则表达式，例如 [A-Z]{"{"}2{"}"}\d+
design-try = 试一试
design-try-good = 符合格式。
design-try-bad = 不符合格式。
design-min = 最小值
design-max = 最大值
design-decimals = 小数位数
design-ungrouped = 不加千分位，如年份
design-currency = 币种
design-currency-own = 工作区默认币种
design-open = 允许随时新增选项
design-best = 最高星级
design-link-to = 关联到
design-link-any = 任意记录
design-inverse-zh = 对方页面的列表名（中文）
design-inverse-en = 对方页面的列表名（英文）
design-owned = 随所关联的记录一起删除
design-tree = 指向树中的上级
design-prefix = 编号前缀
design-digits = 最少位数
design-formula = 公式
design-result = 结果类型
design-lookup-link = 通过关联
design-lookup-field = 显示字段
design-rollup-source = 汇总对象
design-rollup-function = 汇总方式
design-rollup-field = 汇总字段
design-rollup-records = 记录本身
design-rollup-when = 仅统计满足条件的（公式）
function-rollup-count = 计数
function-rollup-sum = 求和
function-rollup-average = 平均值
function-rollup-min = 最小值
function-rollup-max = 最大值
function-rollup-first = 最早一条
function-rollup-last = 最新一条
design-samples = 计算示例
design-no-samples = 还没有记录可供示例。
design-default = 默认值
design-default-none = 无
design-default-say = 公式，例如 TODAY()+7；文字请加引号
design-options = 选项
design-chinese = 中文
design-english = 英文
design-option-new = 添加选项
design-option-zh = 选项中文名
design-option-en = 选项英文名
design-option-menu = 选项“{ $name }”的更多操作
design-option-hue = “{ $name }”的颜色
design-paste = 批量粘贴
design-paste-say = 每行一个选项，可写“中文 | 英文”
design-paste-do = 添加
design-title-stays = 它是记录的名称，不能停用。请先在实体设置里换一个。
design-title-field = 记录名称字段
design-tucked = 在导航中收起
design-delete-entity = 删除实体…
design-delete-title = 删除“{ $name }”
design-delete-do = 删除
design-recast-title = 将“{ $name }”改为{ $kind }
design-recast-do = 更改
design-made-options = 由现有内容生成 { $count } 个选项：{ $names }
design-record = 记录
design-now = 现在
design-then = 之后
design-empty = 变为空
design-not-possible = 暂时不能这样做：
design-along = 同时受影响
design-along-changed = 修改“{ $name }”
design-along-gone = 删除“{ $name }”
design-preview = 预览
design-preview-of = “{ $name }”的页面效果
design-preview-none = 需要有一条记录才能预览。
design-preview-new = 新建一条
design-troubles-title = 待完善
design-no-troubles = 一切正常。
trouble-no-chinese = 缺少中文名称
trouble-no-english = 缺少英文名称
trouble-twin = 与其他字段重名
trouble-no-options = 没有选项
trouble-unplaced = 没有放在页面上
trouble-never-filled = 所有记录都未填写
trouble-retired-title = 是记录的名称，却已停用
usage-shown = 列或卡片
usage-shape = 视图结构
usage-order = 排序或分组
usage-filter = 筛选
usage-colour = 颜色
usage-page = 记录页面
usage-formula = 公式
usage-lookup = 查找引用
usage-rollup = 汇总
usage-default = 默认值
usage-check = 校验
usage-name = 记录名称
usage-conversion = 转化
usage-trigger = 触发条件
usage-condition = 条件
usage-action = 动作
usage-score = 评分
usage-form = 表单
usage-workspace = 工作区
kind-text = 文本
kind-long_text = 长文本
kind-rich_text = 富文本
kind-number = 数字
kind-money = 金额
kind-percent = 百分比
kind-date = 日期
kind-instant = 日期时间
kind-duration = 时长
kind-choice = 单选
kind-choices = 多选
kind-flag = 是否
kind-rating = 评分
kind-nps = NPS 打分
kind-phone = 电话
kind-email = 邮箱
kind-url = 网址
kind-address = 地址
kind-location = 定位
kind-link = 关联记录
kind-links = 关联多条记录
kind-lines = 子表
kind-lines-name = 明细
kind-files = 文件与照片
kind-signature = 签名
kind-auto_number = 自动编号
kind-formula = 公式
kind-lookup = 查找引用
kind-rollup = 汇总
kind-score = 评分模型
kind-hidden = 隐藏字段
design-line-of = 所属
design-line-name = 项目
design-line-quantity = 数量
design-line-price = 单价
design-line-sum = 金额
design-used-in = 用在 { $count } 处
design-troubles = { $count ->
    [0] 一切正常
   *[other] { $count } 处待完善
}
design-kept = { $count } 个值保持不变
design-becomes = { $count } 个值会变化
design-lost = { $count } 个值会丢失
design-blank = { $count } 条记录为空
design-recast-empty = 更改并清空 { $count } 个值
design-delete-say = { $count ->
    [0] 没有记录填写它。
   *[other] { $count } 条记录填写了它，这些值会一并删除，撤销即可找回。
}
trouble-options-no-chinese = 有 { $count } 个选项缺少中文名称
trouble-options-no-english = 有 { $count } 个选项缺少英文名称
trouble-unused-options = 有 { $count } 个选项没有记录使用

## Forms as people fill them in
fill-needed = 必填
fill-add-line = 添加一行
fill-remove-line = 删除第 { $number } 行
fill-line-actions = 删除
fill-sum = 合计
fill-sum-of = { $name }合计
fill-page = 第 { $number } 页
fill-pages = 页面
fill-way = 第 { $number } 步，共 { $count } 步
fill-back = 上一步
fill-next = 下一步
fill-send = 提交
fill-thanks = 谢谢，已经收到。
fill-again = 再填一份
fill-download = 下载{ $name }
fill-preview = 这是正在编辑的表单，预览不会提交、统计或保存。
fill-preview-sent = 预览中没有真正提交。
fill-missing = 没有这个表单
fill-missing-say = 网址可能有误，或者表单还没有发布。
fill-closed = 这个表单已停止收集
fill-closed-say = 感谢您的关注。
fill-taken-new = 表单带来了新记录：{ $name }
fill-taken-known = { $name } 提交了表单，已并入原有记录
fill-taken-before = { $name } 的这份答复之前已经收过

## Forms in the workspace
forms-title = 表单
forms-home = 导入离线答复…
forms-none = 还没有表单
forms-none-say = 表单用来收集实体的信息：访客填写后，每份答复会成为一条新记录，或并入已有记录。行业包自带八个表单。
forms-form = 表单
forms-state = 状态
forms-views = 浏览
forms-starts = 开始填写
forms-submits = 提交
forms-became = 转化
forms-actions = 操作
forms-more = { $name }的更多操作
forms-given-up = 放弃于 { $places }
forms-draft = 草稿
forms-published = 已发布
forms-retired = 已停用
forms-edition = 第 { $number } 版
forms-fill-in = 填写
forms-fill-in-named = 填写{ $name }
forms-copy-link = 复制链接
forms-link-copied = 链接已复制
forms-code = 二维码…
forms-code-title = 二维码
forms-code-save = 保存为图片
forms-kiosk = 以自助终端运行…
forms-preview = 预览
forms-publish = 发布
forms-now-published = 表单已发布
forms-copy = 复制一份
forms-copied = 表单已复制
forms-retire = 停用
forms-now-retired = 表单已停止收集
forms-reopen = 重新启用
forms-reopened = 表单已重新启用
home-text = 粘贴答复代码、邮件，或包含它们的文字
home-drop = 把答复文件拖到这里，或
home-none = 这段文字里没有答复
home-waits = 尚未收入
home-created = 已成为新记录
home-joined = 已并入原有记录
home-before = 之前已经收过
home-take = 收入 { $count } 份答复

## Kiosks
kiosk-title = 自助终端：{ $name }
kiosk-say = 表单占满整个屏幕，其他内容全部隐藏。每位访客填完或长时间无人操作后会自动重新开始，没有网络也能用。只有输入密码才能退出，刷新页面也一样。
kiosk-has-code = 退出时使用为这个表单设置的密码。
kiosk-code = 密码
kiosk-code-say = 只用数字。请记住它，没有密码无法退出。
kiosk-code-short = 密码至少 { $count } 位，只能是数字
kiosk-start = 启动自助终端
kiosk-leave = 退出自助终端
kiosk-wrong = 密码不对
kiosk-wait = 错误次数过多，请等 { $count } 秒
kiosk-erase = 删除
kiosk-open = 确定
kiosk-today = 今日访客
kiosk-next = 下一位
kiosk-next-in = { $count } 秒后重新开始
kiosk-still = 您还在吗？
kiosk-anew-in = { $count } 秒后清空已填内容
kiosk-here = 我还在
